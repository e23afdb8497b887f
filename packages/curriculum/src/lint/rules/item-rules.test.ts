import { describe, expect, test } from 'vitest';
import { getRule, testRules } from '../../testing/rule-fixture.ts';
import type { Files, RuleFixture } from '../../testing/rule-fixture.ts';
import { at, CHOICE_FAMILY, lintWith, skillYaml, SUM_FAMILY } from '../../testing/tiny-curriculum.ts';

const SKILL = at('skill.yaml');

const SUM = at('items/two-numbers.yaml');

const CHOICE = at('items/which-sum.yaml');

function authored(kind: string, bodies: readonly string[], head = ''): string {
  return `id: which-sum
title: Which sum
kind: ${kind}
level: 1
hints: [Look at the last digits., Add the carry.]
solution: Add column by column.
${head}variants:
${bodies.map((body, n) => `  - { id: v${n}, ${body} }\n`).join('')}`;
}

const PAIRS = (n: number): string =>
  `prompt: Match ${n}., pairs: [{ left: a, right: r${n} }, { left: b, right: s${n} }, { left: c, right: t${n} }]`;

const GAP = (n: number): string => `prompt: 'Fill [[gap]] ${n}.', blanks: { gap: { accept: [word${n}] } }`;

const STEPS = (n: number): string => `prompt: Order ${n}., sequence: [one, two, three${n}]`;

const NAME = (n: number): string => `prompt: Name ${n}?, accept: [name${n}]`;

/** Enough variants of both families for two checks. */
function enough(): Files {
  return { [SUM]: SUM_FAMILY };
}

/** Eight questions whose right option has `extra` characters more than the others in the first `of` of them. */
function keysOfLength(extra: number, of: number): string {
  return authored(
    'choice',
    Array.from({ length: 8 }, (_, n) => {
      const right = `answer ${n}${n < of ? 'x'.repeat(extra) : ''}`;
      const wrong = n < of ? ['other', 'third', 'fourth'] : ['another one that is long', 'third', 'fourth'];
      return `prompt: Question ${n}?, options: [{ text: ${right}, correct: true, feedback: Yes. }, ${wrong.map((text) => `{ text: ${text} ${n}, feedback: No. }`).join(', ')}]`;
    }),
  );
}

const FIXTURES: RuleFixture[] = [
  {
    rule: 'key-cues',
    because: 'the longest option is nearly always the key',
    good: { [CHOICE]: keysOfLength(4, 2) },
    bad: { [CHOICE]: keysOfLength(4, 7) },
    severity: 'warning',
    says: /the longest option is the key in 8\d% of 8 choice items/,
  },
  {
    rule: 'enough-variants',
    because: 'there are too few',
    good: enough(),
    bad: { [SUM]: '' },
    says: /has 3 different variants; at least 40/,
  },
  {
    rule: 'enough-variants',
    because: 'too few are for practice',
    good: enough(),
    bad: { [SUM]: SUM_FAMILY.replace('level: 2', 'level: 2\nuse: check') },
    says: /has 3 different variants outside use: check; at least 28/,
  },
  {
    rule: 'formulas',
    because: 'a formula is outside the language',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('total - 10', 'total!') },
    says: /uses the operator !/,
    on: 'formula: total!',
  },
  {
    rule: 'formulas',
    because: 'a name is unknown',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('total - 10', 'totals - 10') },
    says: /uses totals, which is neither/,
    on: 'formula: totals',
  },
  {
    rule: 'formulas',
    because: 'a name is used before it is derived',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('  total: a + b', '  twice: total * 2\n  total: a + b') },
    says: /uses total, which is neither/,
    on: 'twice',
  },
  {
    rule: 'formulas',
    because: 'a template is not closed',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('{{ b }}?', '{{ b ?') },
    says: /without closing/,
    on: 'prompt',
  },
  {
    rule: 'formulas',
    because: 'the prompt prints the answer',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('What is', 'Is {{ answer }}') },
    says: /prints the answer/,
    on: 'prompt',
  },
  {
    rule: 'formulas',
    because: 'a parameter has the name of a constant',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('  a: {', '  e: { label: E, choices: [1, 2] }\n  a: {') },
    says: /calls a value e/,
  },
  {
    rule: 'formulas',
    because: 'a parameter is never used',
    good: {},
    bad: { [SUM]: SUM_FAMILY.replace('  a: {', '  c: { label: C, choices: [1, 2] }\n  a: {') },
    says: /c is never used/,
    severity: 'warning',
  },
  {
    rule: 'cloze-blanks',
    because: 'a blank is not defined',
    good: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)) },
    bad: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)).replace('[[gap]] 1', '[[gap]] [[hole]] 1') },
    says: /no blank hole/,
    on: 'v1',
  },
  {
    rule: 'cloze-blanks',
    because: 'a blank is never shown',
    good: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)) },
    bad: { [CHOICE]: authored('cloze', [0, 1, 2].map(GAP)).replace('[[gap]] 1', 'it 1') },
    says: /occurs 0 times/,
    on: 'v1',
  },
  {
    rule: 'match-pairs',
    because: 'an extra is an answer',
    good: { [CHOICE]: authored('match', [0, 1, 2].map(PAIRS)) },
    bad: {
      [CHOICE]: authored(
        'match',
        [0, 1, 2].map((n) => `${PAIRS(n)}, extra: [r1]`),
      ),
    },
    says: /“r1” as extra/,
    on: 'v1',
  },
  {
    rule: 'match-pairs',
    because: 'the left side repeats',
    good: { [CHOICE]: authored('match', [0, 1, 2].map(PAIRS)) },
    bad: {
      [CHOICE]: authored('match', [0, 1, 2].map(PAIRS)).replace('left: b, right: s2', 'left: a, right: s2'),
    },
    says: /left twice/,
    on: 'v2',
  },
  {
    rule: 'match-pairs',
    because: 'a wrong order has other steps',
    good: { [CHOICE]: authored('order', [0, 1, 2].map(STEPS)) },
    bad: {
      [CHOICE]: authored(
        'order',
        [0, 1, 2].map((n) => `${STEPS(n)}, wrong: [{ sequence: [two, one, three1], feedback: x }]`),
      ),
    },
    says: /not an order of the same steps/,
    on: 'v0',
  },
  {
    rule: 'match-pairs',
    because: 'a wrong order is the right one',
    good: { [CHOICE]: authored('order', [0, 1, 2].map(STEPS)) },
    bad: {
      [CHOICE]: authored(
        'order',
        [0, 1, 2].map((n) => `${STEPS(n)}, wrong: [{ sequence: [one, two, three${n}], feedback: x }]`),
      ),
    },
    says: /is the right order/,
    on: 'v0',
  },
  {
    rule: 'keys-differ',
    because: 'two variants have one answer',
    good: {},
    bad: { [CHOICE]: CHOICE_FAMILY.replace('fifty-three, correct', 'forty-two, correct') },
    says: /variant b has the same answer as a/,
    on: 'id: b',
  },
  {
    rule: 'keys-differ',
    because: 'two short answers are the same',
    good: { [CHOICE]: authored('short', [0, 1, 2].map(NAME)) },
    bad: {
      [CHOICE]: authored(
        'short',
        [0, 1, 2].map((n) => `prompt: Name ${n}?, accept: [NAME]`),
      ),
    },
    says: /same answer as v0/,
    on: 'v1',
  },
  {
    rule: 'prompt-repeats',
    because: 'two variants read the same',
    good: { [CHOICE]: authored('short', [0, 1, 2].map(NAME)) },
    bad: {
      [CHOICE]: authored(
        'short',
        [0, 1, 2].map((n) => `accept: [name${n}]`),
        'prompt: Name it?\n',
      ),
    },
    says: /variant v1 reads the same as v0/,
    on: 'v1',
  },
  {
    rule: 'options-apart',
    because: 'an option lumps the others together',
    good: { [CHOICE]: CHOICE_FAMILY.replace('sixty-three', 'all three of them') },
    bad: { [CHOICE]: CHOICE_FAMILY.replace('sixty-three', 'All of the above') },
    says: /offers “All of the above”/,
    on: 'id: b',
  },
  {
    rule: 'options-apart',
    because: 'two options read the same',
    good: {},
    bad: { [CHOICE]: CHOICE_FAMILY.replace('sixty-three', 'Forty three') },
    says: /two options that read the same/,
    on: 'id: b',
  },
  {
    rule: 'length-giveaway',
    because: 'the right option is always the longest',
    good: {},
    bad: { [CHOICE]: CHOICE_FAMILY.replaceAll(', correct', ' because the carry goes along, correct') },
    says: /clearly the longest in 3 of 3/,
  },
  {
    rule: 'distractor-feedback',
    because: 'a distractor has none',
    good: {},
    bad: {
      [CHOICE]: CHOICE_FAMILY.replace(
        'text: sixty-three, feedback: One carry too many.',
        'text: sixty-three',
      ),
    },
    says: /“sixty-three” has no feedback; say why it is wrong/,
    on: 'sixty-three',
  },
  {
    rule: 'distractor-feedback',
    because: 'the right option has none',
    good: {},
    bad: {
      [CHOICE]: CHOICE_FAMILY.replace(
        'forty-two, correct: true, feedback: The carry is counted.',
        'forty-two, correct: true',
      ),
    },
    says: /say why it is right/,
    severity: 'warning',
  },
  {
    rule: 'distractor-feedback',
    because: 'there is no wrong formula',
    good: {},
    bad: { [SUM]: SUM_FAMILY.slice(0, SUM_FAMILY.indexOf('wrong:')) },
    says: /names no wrong formula/,
  },
  {
    rule: 'hint-gives-answer',
    because: 'a hint says the words',
    good: {},
    bad: { [CHOICE]: authored('short', [0, 1, 2].map(NAME)).replace('Add the carry.', 'It is name1.') },
    says: /“name1”/,
    on: 'v1',
  },
  {
    rule: 'hint-gives-answer',
    because: 'a hint computes the number',
    good: {},
    bad: {
      [SUM]: SUM_FAMILY.replace('min: 11, max: 59', 'min: 111, max: 159').replace(
        'Start with the last digits.',
        'Is it {{ total }}?',
      ),
    },
    says: /a hint contains the answer/,
  },
  {
    rule: 'hint-gives-answer',
    because: 'a hint fills a blank',
    good: {},
    bad: {
      [CHOICE]: authored(
        'cloze',
        [0, 1, 2].map((n) => GAP(n).replace('word', 'worded')),
      ).replace('Add the carry.', 'A worded2 thing.'),
    },
    says: /“worded2”/,
    severity: 'warning',
  },
];

testRules(FIXTURES);

describe('families', () => {
  const written = lintWith(getRule('families'), { [SKILL]: skillYaml({ evidence: '[parametric-numeric]' }) });

  test('a written skill with too few is told what is missing', () => {
    expect(written.map((finding) => finding.message)).toEqual([
      'has 2 item families; write at least 8',
      'has families of 2 kinds; use at least 3',
      'has no family of level 3; write one',
      'lists parametric-numeric but has 1 parametric families; write at least 2',
      'has 0 scenario families; write at least 2 (scenario: true)',
    ]);
  });

  test('a planned skill is not held to it', () => {
    expect(lintWith(getRule('families'), { [SKILL]: skillYaml({ status: 'planned' }) })).toEqual([]);
  });

  test('a skill with enough of all kinds is let through', () => {
    const kinds = ['short', 'short', 'short', 'cloze', 'cloze', 'order', 'order'];
    const files = kinds.map((kind, n) => {
      const bodies = [0, 1, 2].map(kind === 'short' ? NAME : kind === 'cloze' ? GAP : STEPS);
      const yaml = authored(kind, bodies, n < 2 ? 'scenario: true\n' : '')
        .replace('which-sum', `family-${n}`)
        .replace('level: 1', `level: ${(n % 3) + 1}`);
      return [at(`items/family-${n}.yaml`), yaml];
    });
    expect(lintWith(getRule('families'), Object.fromEntries(files) as Files)).toEqual([]);
  });
});
