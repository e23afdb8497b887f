import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { familyOf } from '../testing/tiny-curriculum.ts';
import { compileVariant } from './compile-variant.ts';
import { gradeAnswer } from './grade-answer.ts';
import type { Grade } from './grade-answer.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Variant } from './variant.ts';

/** A numeric item whose right answer is `value` in `unit`. */
function item(
  value: number,
  unit: string,
  options: { tolerance?: string; accepts?: string; wrong?: string } = {},
): Variant {
  const variant = (id: string, offset: number): string => `  - id: ${id}
    prompt: How much is it, case ${id}?
    answer: { value: ${value + offset}, unit: '${unit}', tolerance: ${options.tolerance ?? '2%'}, accepts: [${options.accepts ?? ''}] }
    wrong: [${options.wrong ?? ''}]
`;
  const family = familyOf(`id: amount
title: Amount
kind: numeric
level: 2
hints: [x, y]
solution: It is {{ answer }}.
variants:
${variant('a', 0)}${variant('b', 1000)}${variant('c', 2000)}`);
  return compileVariant(family, 'a');
}

function grade(variant: Variant, input: unknown): Grade {
  const parsed = parseAnswer(variant, input);
  if (!parsed.ok) throw new Error(parsed.problem);
  return gradeAnswer(variant, parsed.answer);
}

describe('sizes', () => {
  const cache = item(36, 'GiB', {
    accepts: 'GB, MiB',
    wrong:
      "{ value: 18, misconception: forgets-carry, headline: '{{ value }} counts keys but not values', feedback: Two vectors. }, { value: 144, feedback: Query heads. }",
  });

  test.each([
    '36',
    '36 GiB',
    '36GiB',
    '36 gib',
    '36.5',
    '35.3',
    '36864 MiB',
    '36,864 MiB',
    '38.65 GB',
    '3.865e10 B',
    '3.865×10^10 bytes',
    '309.2 Gbit',
    36,
    { value: 36, unit: 'GiB' },
    { value: '36', unit: 'GiB' },
    { value: '36', unit: '' },
    { value: 36 },
    { value: 38.65, unit: 'GB' },
    { value: '38,65'.replace(',', '.'), unit: 'GB' },
    { value: '36 GiB', unit: 'GB' },
    { value: 36, unit: null },
  ])('%j is right', (input) => {
    expect(grade(cache, input)).toMatchObject({
      correct: true,
      outcome: 'correct',
      headline: 'Correct. 36 GiB',
    });
  });

  test.each(['35', '37', '0', '-36', '36 B', '18', '144', '1e300'])('%s is wrong', (input) => {
    expect(grade(cache, input)).toMatchObject({ correct: false, outcome: 'incorrect' });
  });

  test('a known wrong value names its misconception and how it comes about', () => {
    expect(grade(cache, '18 GiB')).toMatchObject({
      misconception: { id: 'forgets-carry', title: 'The carry can be left out' },
      headline: 'Not this time. 18 GiB counts keys but not values',
      feedback: 'Two vectors.',
    });
    expect(grade(cache, '19.33 GB').misconception?.id).toBe('forgets-carry');
    expect(grade(cache, '144')).toMatchObject({
      misconception: null,
      headline: 'Not this time',
      feedback: 'Query heads.',
    });
  });

  test('an unknown wrong value says so and never gives the right one away', () => {
    const result = grade(cache, '77');
    expect(result.feedback).toMatch(/does not match a mistake we know/);
    expect(JSON.stringify(result)).not.toContain('36');
  });

  test('a right number in the other counting of bytes is close, not unknown', () => {
    expect(grade(cache, '38.65')).toMatchObject({
      correct: false,
      headline: 'Close. 38.65 is the size in GB, not GiB',
    });
    expect(grade(cache, '36864').headline).toBe('Close. 36,864 is the size in MiB, not GiB');
  });

  test('a right number in a wrong unit is told apart from a wrong number', () => {
    const wrongSize = grade(cache, '36 MB');
    expect(wrongSize).toMatchObject({ correct: false, headline: 'Not this time. The unit is off' });
    expect(wrongSize.feedback).toMatch(
      /The number fits, the unit does not: the question asks for GiB, you gave MB/,
    );
    expect(grade(cache, '36 s').feedback).toMatch(/number fits/);
    expect(grade(cache, '50 s').feedback).toMatch(/measures something else .*GiB/);
  });

  test.each([
    ['1,5', /two ways/],
    ['36 bananas', /not a unit known here. Answer in GiB or GB or MiB/],
    ['', /Type a number/],
    ['about', /could not be read/],
    [undefined, /Type a number/],
    [true, /Type a number/],
    [[], /Type a number/],
    [{}, /Type a number/],
    [{ value: Number.NaN }, /finite/],
    [{ value: Infinity, unit: 'GB' }, /finite/],
    [{ value: 1, unit: 3 }, /must be text/],
    [{ value: {}, unit: 'GB' }, /Type a number/],
  ])('%j is no answer', (input, problem) => {
    const parsed = parseAnswer(cache, input);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problem).toMatch(problem);
  });
});

describe('shares', () => {
  test.each(['12.5', '12.5%', '12.5 %', '0.125', '1/8', { value: 12.5, unit: '%' }, { value: '0.125' }])(
    '%j is right where per cent are asked',
    (input) => {
      expect(grade(item(12.5, '%'), input)).toMatchObject({ correct: true, headline: 'Correct. 12.5%' });
    },
  );

  test.each(['0.125', '12.5%', '12.5 percent', '.125', '1/8'])(
    '%s is right where a fraction is asked',
    (input) => {
      expect(grade(item(0.125, ''), input).correct).toBe(true);
    },
  );

  test('12.5 is wrong where a fraction is asked, and 0.125% where 12.5% is right', () => {
    expect(grade(item(0.125, ''), '12.5').correct).toBe(false);
    expect(grade(item(12.5, '%'), '0.125%').correct).toBe(false);
    expect(grade(item(12.5, '%'), '1250').correct).toBe(false);
  });

  test('a share below one per cent is not mistaken for a fraction', () => {
    expect(grade(item(0.5, '%'), '0.5').correct).toBe(true);
    expect(grade(item(0.5, '%'), '0.005').correct).toBe(true);
    expect(grade(item(0.5, '%'), '0.05').correct).toBe(false);
  });
});

describe('rates, times, money and counts', () => {
  test.each([
    [1000, 'ms', '1 s'],
    [1000, 'ms', '1e6 µs'],
    [250, 'tokens/s', '250 tok/s'],
    [250, 'tokens/s', '15000 tokens/min'],
    [250, 'tokens/s', '250 tokens per second'],
    [100, 'requests/s', '100 rps'],
    [100, 'requests/s', '6,000 requests/min'],
    [3.35, 'TB/s', '3350 GB/s'],
    [989, 'TFLOP/s', '989 TFLOPS'],
    [989, 'TFLOP/s', '989 TFLOPs'],
    [295, 'FLOP/byte', '295 FLOP/B'],
    [2.5, '$', '$2.50'],
    [2.5, '$', '2.5 USD'],
    [2.5, '$', '250 cents'],
    [0.4, '$/h', '$0.4/h'],
    [8000, 'tokens', '8k'],
    [8000, 'tokens', '8k tokens'],
    [8, 'billion', '8B'],
    [8, 'billion', '8'],
    [8, 'billion', '8e9'],
    [8, 'billion', '8000 million'],
    [12, 'replicas', '12 replicas'],
    [12, 'replicas', '12 replica'],
    [12, 'replicas', '12'],
    [30, '/s', '30'],
    [30, '/s', '30/s'],
    [700, 'W', '0.7 kW'],
    [3.6, 'MJ', '1 kWh'],
    [3, '', '3x'],
  ])('%d %s is answered by %s', (value, unit, input) => {
    expect(grade(item(value, unit), input).correct).toBe(true);
  });
});

describe('tolerance', () => {
  test('0 is exact, but forgives the last digits of binary arithmetic', () => {
    const exact = item(16, '', { tolerance: '0' });
    expect(grade(exact, '16').correct).toBe(true);
    expect(grade(exact, 0.1 * 160).correct).toBe(true);
    expect(grade(exact, '16.001').correct).toBe(false);
  });

  test('a plain number is an amount', () => {
    const near = item(100, '', { tolerance: '3' });
    expect(grade(near, '103').correct).toBe(true);
    expect(grade(near, '97').correct).toBe(true);
    expect(grade(near, '103.1').correct).toBe(false);
  });

  test('exactly inside the tolerance is right, outside is not', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: -0.05, max: 0.05, noNaN: true }),
        (value, off) => {
          fc.pre(Math.abs(Math.abs(off) - 0.02) > 1e-6);
          const rounded = Number(value.toPrecision(9));
          const result = grade(item(rounded, ''), { value: rounded * (1 + off) });
          expect(result.correct).toBe(Math.abs(off) < 0.02);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('two misconceptions that lead to the same number are both named', () => {
  const both = familyOf(`id: both
title: Both
kind: numeric
level: 2
parameters:
  a: { label: A, choices: [4, 5] }
prompt: Twice {{ a }} plus one hundred?
hints: [x, y]
solution: s
answer: { formula: 2 * a + 100, unit: '', tolerance: 0 }
wrong:
  - { formula: a * 2, misconception: forgets-carry, feedback: First reason. }
  - { formula: a + a, feedback: Second reason. }
`);
  const variant = compileVariant(both, '1');
  const wrong = variant.key.kind === 'numeric' ? (variant.key.wrong[0]?.value ?? 0) : 0;
  const result = gradeAnswer(variant, { value: wrong, unit: '' });
  expect(result.misconception?.id).toBe('forgets-carry');
  expect(result.feedback).toBe('First reason.\n\nSecond reason.');
});
