import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExpressionError } from '../expression/expression-error.ts';
import { CHOICE_FAMILY, familyOf, SUM_FAMILY } from '../testing/tiny-curriculum.ts';
import { compileVariant, hasVariant, listVariants, SEED_LIMIT } from './compile-variant.ts';
import type { NumericKey, OptionsKey } from './variant.ts';

const sums = familyOf(SUM_FAMILY);
const choices = familyOf(CHOICE_FAMILY);

describe('parametric families', () => {
  test('the variant of a seed is pinned for ever', () => {
    const { prompt, given, solution, hints, key } = compileVariant(sums, '42');
    expect({ prompt, given, solution, hints }).toMatchInlineSnapshot(`
      {
        "given": {
          "a": {
            "label": "First",
            "unit": "",
            "value": 45,
          },
          "b": {
            "label": "Second",
            "unit": "",
            "value": 27,
          },
        },
        "hints": [
          "Start with the last digits.",
          "Take the carry along; 19 and 2 make a carry of one.",
        ],
        "prompt": "What is 45 plus 27?",
        "solution": "The sum is 72.",
      }
    `);
    expect(key).toMatchInlineSnapshot(`
      {
        "accepts": [],
        "feedback": "",
        "kind": "numeric",
        "tolerance": {
          "amount": 0,
          "kind": "absolute",
        },
        "unit": "",
        "value": 72,
        "wrong": [
          {
            "feedback": "The last digits make more than nine, so one goes over.",
            "headline": "62 leaves out the carry",
            "misconception": "forgets-carry",
            "value": 62,
          },
        ],
      }
    `);
  });

  test('the same seed gives the same variant however often it is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SEED_LIMIT - 1 }), (seed) => {
        const again = familyOf(SUM_FAMILY);
        expect(compileVariant(again, String(seed))).toEqual(compileVariant(sums, String(seed)));
      }),
      { numRuns: 40 },
    );
  });

  test('constraints hold in every draw', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { given } = compileVariant(sums, String(seed));
      expect(((given['a']?.value ?? 0) % 10) + ((given['b']?.value ?? 0) % 10)).toBeGreaterThanOrEqual(10);
    }
  });

  test('ranges reach both ends and keep to their steps', () => {
    const family = familyOf(
      `${SUM_FAMILY.replace('min: 11, max: 59, step: 1', 'min: 0.1, max: 0.5, step: 0.1')}`.replace(
        "constraints: ['a % 10 + b % 10 >= 10']\n",
        '',
      ),
    );
    const seen = new Set<number>();
    for (let seed = 0; seed < 200; seed++)
      seen.add(compileVariant(family, String(seed)).given['a']?.value ?? -1);
    expect([...seen].toSorted()).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
  });

  test('a draw in which a wrong value would pass as right is made again', () => {
    const family = familyOf(`id: near
title: Near
kind: numeric
level: 2
parameters:
  a: { label: A, choices: [1, 100] }
prompt: A?
hints: [x, y]
solution: '{{ answer }}'
answer: { formula: a, unit: '', tolerance: 2% }
wrong:
  - { formula: a + 1, misconception: forgets-carry, feedback: no }
`);
    for (let seed = 0; seed < 50; seed++)
      expect((compileVariant(family, String(seed)).key as NumericKey).value).toBe(1);
  });

  test('a draw in which two options read the same is made again', () => {
    const family = familyOf(`id: same
title: Same
kind: choice
level: 2
parameters:
  a: { label: A, choices: [2, 3, 4] }
prompt: What is {{ a }} squared?
hints: [x, y]
solution: s
options:
  - { text: '{{ a * a }}', correct: true, feedback: yes it is }
  - { text: '{{ a + a }}', misconception: forgets-carry, feedback: no }
  - { text: '{{ a + 100 }}', feedback: no }
`);
    for (let seed = 0; seed < 50; seed++)
      expect(compileVariant(family, String(seed)).given['a']?.value).not.toBe(2);
  });

  test('a draw without a finite value is made again; a family without any says why', () => {
    const text = (choices: string): string => `id: divide
title: Divide
kind: numeric
level: 2
parameters:
  a: { label: A, choices: ${choices} }
prompt: 1 / {{ a }}?
hints: [x, y]
solution: s
answer: { formula: 1 / a, unit: '', tolerance: 0 }
`;
    const some = familyOf(text('[0, 4]'));
    for (let seed = 0; seed < 30; seed++)
      expect((compileVariant(some, String(seed)).key as NumericKey).value).toBe(0.25);
    const none = familyOf(text('[0, 0]'));
    expect(() => compileVariant(none, '1')).toThrow(ExpressionError);
    expect(() => compileVariant(none, '1')).toThrow(/divide: 1000 draws .* answer.formula is infinite/);
  });

  test('constraints that never hold end in an error, not in an endless search', () => {
    const family = familyOf(SUM_FAMILY.replace('a % 10 + b % 10 >= 10', 'a > 1000'));
    expect(() => compileVariant(family, '1')).toThrow(/its constraints hold for none/);
  });

  test('given: false keeps a parameter out of the table', () => {
    const family = familyOf(
      SUM_FAMILY.replace('choices: [15, 27, 38, 46] }', 'choices: [15, 27, 38, 46], given: false }'),
    );
    expect(Object.keys(compileVariant(family, '1').given)).toEqual(['a']);
  });

  test.each(['', '-1', '1.5', '01', '1e3', ' 1', '4294967296', 'a', '__proto__', '9'.repeat(30)])(
    'the seed %s does not exist',
    (seed) => {
      expect(hasVariant(sums, seed)).toBe(false);
      expect(() => compileVariant(sums, seed)).toThrow(/has no variant/);
    },
  );
});

describe('authored families', () => {
  test('variants are listed and compiled by id', () => {
    expect(listVariants(choices)).toEqual(['a', 'b', 'c']);
    expect(listVariants(sums)).toEqual([]);
    expect(compileVariant(choices, 'b').prompt).toBe('What is 18 plus 35?');
    expect(() => compileVariant(choices, 'z')).toThrow(/has no variant "z"/);
  });

  test('defaults beside variants hold where a variant has no text of its own', () => {
    const family = familyOf(
      CHOICE_FAMILY.replace(
        '  - id: b\n',
        '  - id: b\n    hints: [Own first., Own second.]\n    solution: Own.\n',
      ),
    );
    expect(compileVariant(family, 'a').solution).toBe('Add column by column.');
    expect(compileVariant(family, 'b')).toMatchObject({
      solution: 'Own.',
      hints: ['Own first.', 'Own second.'],
    });
  });

  test('{{ }} in an authored item without numbers is text: it may be about templates', () => {
    const family = familyOf(
      CHOICE_FAMILY.replace('What is 17 plus 25?', "'What does {{ .Values.image }} print?'"),
    );
    expect(compileVariant(family, 'a').prompt).toBe('What does {{ .Values.image }} print?');
  });
});

describe('letters', () => {
  const drawn = familyOf(`id: lettered
title: Lettered
kind: choice
level: 2
parameters:
  a: { label: A, min: 1, max: 500 }
prompt: After {{ a }}?
hints: [x, y]
solution: s
options:
  - { text: '{{ a + 1 }}', correct: true, feedback: yes it is }
  - { text: '{{ a - 1 }}', misconception: forgets-carry, feedback: no }
  - { text: '{{ a + 2 }}', feedback: no }
  - { text: '{{ a + 10 }}', feedback: no }
`);

  test('neither letter nor place tells the key: each is right about equally often', () => {
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < 800; seed++) {
      const { options } = compileVariant(drawn, String(seed)).key as OptionsKey;
      expect(options.map((option) => option.id)).toEqual(['a', 'b', 'c', 'd']);
      const right = options.find((option) => option.correct)?.id ?? '';
      counts[right] = (counts[right] ?? 0) + 1;
    }
    for (const letter of ['a', 'b', 'c', 'd']) expect(Math.abs((counts[letter] ?? 0) - 200)).toBeLessThan(55);
  });
});

describe('fingerprints', () => {
  test('are equal for two variants that read the same, and only for them', () => {
    const seen = new Map<string, string>();
    for (let seed = 0; seed < 400; seed++) {
      const { fingerprint, prompt } = compileVariant(sums, String(seed));
      const known = seen.get(fingerprint);
      if (known !== undefined) expect(prompt).toBe(known);
      seen.set(fingerprint, prompt);
    }
    expect(new Set(seen.values()).size).toBe(seen.size);
    expect(seen.size).toBeGreaterThan(40);
  });

  test('do not depend on the order in which options are shown', () => {
    const other = familyOf(
      CHOICE_FAMILY.replace(
        '      - { text: forty-two, correct: true, feedback: The carry is counted. }\n      - { text: thirty-two, misconception: forgets-carry, feedback: The carry is missing. }',
        '      - { text: thirty-two, misconception: forgets-carry, feedback: The carry is missing. }\n      - { text: forty-two, correct: true, feedback: The carry is counted. }',
      ),
    );
    expect(other.hash).not.toBe(choices.hash);
    expect(compileVariant(other, 'a').fingerprint).toBe(compileVariant(choices, 'a').fingerprint);
  });
});
