import { describe, expect, test } from 'vitest';
import {
  bktRule,
  farAtWaste,
  inARowRule,
  judgeRule,
  masteredAt,
  shippedRule,
  type Sequence,
} from './decision.ts';

/** r right, w wrong; p and known are the same after every answer unless given. */
const sequence = (answers: string, p: number[] = [], known: number[] = []): Sequence => {
  const outcomes = [...answers].map((letter) => (letter === 'r' ? 1 : 0));
  return { outcomes, p: outcomes.map((_, k) => p[k] ?? 0), known: outcomes.map((_, k) => known[k] ?? 0) };
};

const outcomes = (answers: string): number[] => sequence(answers).outcomes;

describe('the point of mastery in hindsight', () => {
  test('is the start where all are right', () => {
    expect(masteredAt(outcomes('rrrrrrrrrr'))).toBe(0);
  });

  test('is the first from which 4 of the next 5 and 80% of the rest are right', () => {
    // From 2 on: r w r r r of five = 4 of 5, and 7 of 8 of the rest. From 1 on: 4 of 5 too few (w r w r r = 3).
    expect(masteredAt(outcomes('wwrwrrrrrr'))).toBe(2);
  });

  test('needs 80% of the rest, not only the next five', () => {
    expect(masteredAt(outcomes('rrrrrwwwww'))).toBeNull();
  });

  test('needs five answers to follow', () => {
    expect(masteredAt(outcomes('wwwwwwwrrr'))).toBeNull();
    expect(masteredAt(outcomes('wwwwwwrrrr'))).toBe(5);
  });
});

describe('the shipped rule', () => {
  test('declares after three in a row once p is at the threshold', () => {
    expect(shippedRule(0.8)(sequence('rrrrrrrrrr', [0.5, 0.7, 0.79, 0.8]))).toBe(4);
    expect(shippedRule(0.8)(sequence('rwrrrrrrrr', Array(10).fill(0.9)))).toBe(5);
  });

  test('declares after eight in a row whatever p is', () => {
    expect(shippedRule(0.8)(sequence('wrrrrrrrrr'))).toBe(9);
  });

  test('may never declare', () => {
    expect(shippedRule(0.8)(sequence('rrwrrwrrwr', Array(10).fill(0.9)))).toBeNull();
  });
});

describe('the other rules', () => {
  test('BKT declares at the first answer whose chance of knowing reaches the threshold', () => {
    expect(bktRule(0.95)(sequence('wrrr', [], [0.2, 0.94, 0.95, 0.99]))).toBe(3);
    expect(bktRule(0.95)(sequence('wr'))).toBeNull();
  });

  test('n in a row starts anew after a miss', () => {
    expect(inARowRule(3)(sequence('rrwrrr'))).toBe(6);
  });
});

describe('FAR, waste and missed', () => {
  const third = inARowRule(3);

  test('FAR is the share with fewer than 3 of the next 5 right, of those with five to follow', () => {
    const failed = sequence('rrrwwwrrww');
    const stood = sequence('rrrrwrrrrr');
    const tooLate = sequence('wwwwwwwrrr');
    expect(judgeRule([failed, stood, tooLate], third).far).toBe(0.5);
  });

  test('exactly 3 of the next 5 is no false advance', () => {
    expect(judgeRule([sequence('rrrwrwrrrr')], third).far).toBe(0);
  });

  test('waste counts answers beyond the point of mastery, to the end where none was declared', () => {
    // Mastered at 0 and declared after 5; mastered at 2 (r r r r w is 4 of 5, 9 of 11 of the rest) and never five in a row: to the end.
    const declared = sequence('rrrrrrrrrr');
    const never = sequence('wwrrrrwrrrrwr');
    expect(masteredAt(never.outcomes)).toBe(2);
    const figures = judgeRule([declared, never], inARowRule(5));
    expect(figures.waste).toBe((5 + 11) / 2);
    expect(figures.missed).toBe(0.5);
  });

  test('a declaration before the point of mastery wastes nothing', () => {
    expect(judgeRule([sequence('rrrwwwrrrrrrrrrr')], third).waste).toBe(0);
  });

  test('sequences never mastered add neither waste nor missed', () => {
    const figures = judgeRule([sequence('rrrrrrrrrr'), sequence('wwwwwwwwww')], third);
    expect(figures).toMatchObject({ waste: 3, missed: 0 });
  });
});

describe('FAR at a waste', () => {
  // Waste 3 and 5 by three and five in a row on the first; the second is a false advance for three in a row alone.
  const sequences = [sequence('rrrrrrrrrr'), sequence('rrrwwwwwwwww')];
  const rules = [inARowRule(3), inARowRule(5)];

  test('is read off linearly between neighbours', () => {
    expect(judgeRule(sequences, rules[0]!)).toMatchObject({ far: 0.5, waste: 3 });
    expect(judgeRule(sequences, rules[1]!)).toMatchObject({ far: 0, waste: 5 });
    expect(farAtWaste(sequences, rules, 4)).toBeCloseTo(0.25, 12);
    expect(farAtWaste(sequences, rules, 5)).toBe(0);
  });

  test('takes the nearest where the sweep does not reach', () => {
    expect(farAtWaste(sequences, rules, 9)).toBe(0);
    expect(farAtWaste(sequences, rules, 1)).toBe(0.5);
  });
});
