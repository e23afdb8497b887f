import { describe, expect, test } from 'vitest';
import { CHOICE_FAMILY, familyOf } from '../testing/tiny-curriculum.ts';
import { compileVariant } from './compile-variant.ts';
import { gradeAnswer } from './grade-answer.ts';
import type { Grade } from './grade-answer.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Variant } from './variant.ts';

function compile(yaml: string, variant = 'a'): Variant {
  return compileVariant(familyOf(yaml), variant);
}

function grade(variant: Variant, input: unknown): Grade {
  const parsed = parseAnswer(variant, input);
  if (!parsed.ok) throw new Error(parsed.problem);
  return gradeAnswer(variant, parsed.answer);
}

/** The letter of an option by its text. */
function letter(variant: Variant, text: string): string {
  const { key } = variant;
  const choices = key.kind === 'match' ? [...key.left, ...key.right] : 'options' in key ? key.options : [];
  return choices.find((choice) => choice.text === text)?.id ?? '?';
}

const HEAD = `level: 2
hints: [x, y]
solution: s
feedback: Look again.
variants:
`;

test('I do not know yet is a miss of its own, on every kind', () => {
  const variant = compile(CHOICE_FAMILY);
  expect(parseAnswer(variant, null)).toEqual({ ok: true, answer: null });
  expect(gradeAnswer(variant, null)).toMatchObject({
    correct: false,
    outcome: 'skipped',
    misconception: null,
  });
});

describe('choice', () => {
  const variant = compile(CHOICE_FAMILY);

  test('the right option is correct and says why', () => {
    expect(grade(variant, letter(variant, 'forty-two'))).toMatchObject({
      correct: true,
      outcome: 'correct',
      headline: 'Correct',
      feedback: 'The carry is counted.',
      misconception: null,
    });
  });

  test('a distractor names its misconception and is corrected', () => {
    const result = grade(variant, letter(variant, 'thirty-two'));
    expect(result).toMatchObject({
      correct: false,
      outcome: 'incorrect',
      headline: 'Not this time',
      feedback: 'The carry is missing.',
    });
    expect(result.misconception).toEqual({ id: 'forgets-carry', title: 'The carry can be left out' });
    expect(JSON.stringify(result)).not.toContain('forty-two');
  });

  test.each(['z', '', 'A', 1, ['a'], {}, undefined, true, 'forty-two'])('%j is no answer', (input) => {
    expect(parseAnswer(variant, input)).toEqual({ ok: false, problem: 'Choose one of the options.' });
  });
});

describe('multi', () => {
  const variant = compile(`id: several
title: Several
kind: multi
${HEAD}${['a', 'b', 'c']
    .map(
      (id) => `  - id: ${id}
    prompt: Which are even, case ${id}?
    options:
      - { text: two ${id}, correct: true, feedback: Two is even. }
      - { text: four ${id}, correct: true, feedback: Four is even. }
      - { text: five ${id}, misconception: forgets-carry, feedback: Five is odd. }
      - { text: seven ${id}, feedback: Seven is odd. }
`,
    )
    .join('')}`);
  const [two, four, five, seven] = ['two a', 'four a', 'five a', 'seven a'].map((text) =>
    letter(variant, text),
  );

  test('exactly the right ones, in any order, are correct', () => {
    expect(grade(variant, [two, four]).correct).toBe(true);
    expect(grade(variant, [four, two, two]).correct).toBe(true);
  });

  test('one too many is diagnosed by what was taken', () => {
    expect(grade(variant, [two, four, five])).toMatchObject({
      correct: false,
      misconception: { id: 'forgets-carry' },
      feedback: 'Five is odd.\n\nLook again.',
    });
    expect(grade(variant, [two, four, seven]).misconception).toBeNull();
  });

  test('one missing is said without naming it', () => {
    const result = grade(variant, [two]);
    expect(result.feedback).toBe('One statement that belongs is missing.\n\nLook again.');
    expect(JSON.stringify(result)).not.toMatch(/four/i);
    expect(grade(variant, [five]).feedback).toContain('2 that belong are missing.');
  });

  test('a single id is taken as a list of one', () => {
    expect(grade(variant, two).correct).toBe(false);
  });

  test.each([[[]], [['z']], [[1]], [{}], [undefined]])('%j is no answer', (input) => {
    expect(parseAnswer(variant, input).ok).toBe(false);
  });
});

describe('order', () => {
  const variant = compile(`id: steps
title: Steps
kind: order
${HEAD}${['a', 'b', 'c']
    .map(
      (id) => `  - id: ${id}
    prompt: Put in order, case ${id}.
    sequence: [first ${id}, second ${id}, third ${id}]
    wrong:
      - { sequence: [second ${id}, first ${id}, third ${id}], misconception: forgets-carry, headline: the first two are swapped, feedback: First comes first. }
`,
    )
    .join('')}`);
  const ids = (...texts: string[]): string[] => texts.map((text) => letter(variant, `${text} a`));

  test('the right order is correct, another is not', () => {
    expect(grade(variant, ids('first', 'second', 'third')).correct).toBe(true);
    expect(grade(variant, ids('third', 'second', 'first'))).toMatchObject({
      correct: false,
      feedback: 'Look again.',
    });
  });

  test('a named wrong order is named', () => {
    expect(grade(variant, ids('second', 'first', 'third'))).toMatchObject({
      headline: 'Not this time. The first two are swapped',
      misconception: { id: 'forgets-carry' },
      feedback: 'First comes first.\n\nLook again.',
    });
  });

  test('the steps are never shown in their right order', () => {
    const family = (n: number): string => `id: shown-${n}
title: Shown
kind: order
${HEAD}${['a', 'b', 'c'].map((id) => `  - { id: ${id}, prompt: 'Order ${id}.', sequence: [one, two, three${id}] }\n`).join('')}`;
    for (let n = 0; n < 40; n++) {
      const { key } = compile(family(n));
      if (key.kind !== 'order') throw new Error('no order');
      expect(key.options.map((option) => option.text)).not.toEqual(['one', 'two', 'threea']);
      expect(key.options.map((option) => option.id)).toEqual(['a', 'b', 'c']);
    }
  });

  test.each([[['a', 'b']], [['a', 'a', 'b']], [['a', 'b', 'z']], ['abc'], [{}]])(
    '%j is no answer',
    (input) => {
      expect(parseAnswer(variant, input).ok).toBe(false);
    },
  );
});

describe('match', () => {
  const variant = compile(`id: pairs
title: Pairs
kind: match
${HEAD}${['a', 'b', 'c']
    .map(
      (id) => `  - id: ${id}
    prompt: Match, case ${id}.
    pairs:
      - { left: one ${id}, right: uno ${id}, feedback: One is uno., misconception: forgets-carry }
      - { left: two ${id}, right: due ${id}, feedback: Two is due. }
      - { left: three ${id}, right: tre ${id} }
    extra: [quattro ${id}]
`,
    )
    .join('')}`);
  const at = (text: string): string => letter(variant, `${text} a`);
  const right = { [at('one')]: at('uno'), [at('two')]: at('due'), [at('three')]: at('tre') };

  test('all pairs right are correct', () => {
    expect(grade(variant, right).correct).toBe(true);
  });

  test('wrong pairs are counted and explained, right ones not given away', () => {
    const result = grade(variant, { ...right, [at('one')]: at('quattro') });
    expect(result).toMatchObject({
      correct: false,
      headline: 'Not this time. 2 of 3 match',
      feedback: '**one a:** One is uno.\n\nLook again.',
      misconception: { id: 'forgets-carry' },
    });
  });

  test('left and right have letters of their own, so an id says which side it is on', () => {
    const { key } = variant;
    if (key.kind !== 'match') throw new Error('no match');
    expect(key.left.map((choice) => choice.id)).toEqual(['l-a', 'l-b', 'l-c']);
    expect(key.right.map((choice) => choice.id)).toEqual(['r-a', 'r-b', 'r-c', 'r-d']);
  });

  test.each([[{}], [{ ...right, [at('one')]: 'z' }], [{ ...right, extra: 'r-a' }], [[]], ['l-a']])(
    '%j is no answer',
    (input) => {
      expect(parseAnswer(variant, input).ok).toBe(false);
    },
  );
});

describe('cloze', () => {
  const variant = compile(`id: gaps
title: Gaps
kind: cloze
${HEAD}${['a', 'b', 'c']
    .map(
      (id) => `  - id: ${id}
    prompt: Case ${id}, one [[first]] and one [[second]].
    blanks:
      first: { accept: [key, keys], wrong: [{ accept: [query], misconception: forgets-carry, feedback: Not stored. }] }
      second: { accept: [value ${id}] }
`,
    )
    .join('')}`);

  test('accepted texts are compared without case, accents, punctuation and spaces', () => {
    expect(grade(variant, { first: ' Keys ', second: 'VALUE-A' }).correct).toBe(true);
    expect(grade(variant, { first: 'kéy', second: 'value a.' }).correct).toBe(true);
  });

  test('a known wrong text is named; blanks are counted', () => {
    expect(grade(variant, { first: 'query', second: 'value a' })).toMatchObject({
      correct: false,
      headline: 'Not this time. 1 of 2 blanks are right',
      feedback: 'Not stored.\n\nLook again.',
      misconception: { id: 'forgets-carry' },
    });
  });

  test.each([
    [{ first: 'key' }],
    [{ first: 'key', second: ' ' }],
    [{ first: 'key', second: 1 }],
    ['key'],
    [{ first: 'a', second: 'b', third: 'c' }],
    [{ first: 'x'.repeat(501), second: 'b' }],
  ])('%j is no answer', (input) => {
    expect(parseAnswer(variant, input).ok).toBe(false);
  });
});

describe('short', () => {
  const variant = compile(`id: name-it
title: Name it
kind: short
${HEAD}${['a', 'b', 'c']
    .map(
      (id) => `  - id: ${id}
    prompt: What is it called, case ${id}?
    accept: [grouped-query attention ${id}, gqa ${id}]
    wrong: [{ accept: [multi-query attention], misconception: forgets-carry, feedback: All share one there. }]
`,
    )
    .join('')}`);

  test.each(['Grouped-Query Attention A', 'grouped query attention a', 'GQA a', 'gqa-a', 'GQA\u00a0A.'])(
    '%s is right',
    (text) => {
      expect(grade(variant, text).correct).toBe(true);
    },
  );

  test('a known wrong name is named, an unknown one gets the general feedback', () => {
    expect(grade(variant, 'Multi-Query Attention')).toMatchObject({ misconception: { id: 'forgets-carry' } });
    expect(grade(variant, 'something')).toMatchObject({
      correct: false,
      misconception: null,
      feedback: 'Look again.',
    });
  });

  test.each(['', '  ', 5, {}, [], 'x'.repeat(501)])('%j is no answer', (input) => {
    expect(parseAnswer(variant, input).ok).toBe(false);
  });
});

test('a parsed answer is plain JSON and parses to itself, so a ledger can be graded again', () => {
  const variant = compile(CHOICE_FAMILY);
  const parsed = parseAnswer(variant, 'a');
  if (!parsed.ok) throw new Error(parsed.problem);
  expect(parseAnswer(variant, JSON.parse(JSON.stringify(parsed.answer)))).toEqual(parsed);
});
