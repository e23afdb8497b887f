import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateExpression } from './compile-expression.ts';
import { FUNCTIONS } from './functions.ts';
import { normalCdf } from './normal.ts';

const value = (source: string): number => evaluateExpression(source, {});

test('the language has exactly the functions that docs/authoring.md lists', () => {
  expect([...FUNCTIONS.keys()].toSorted()).toEqual(
    'abs ceil comb cos erlangC exp factorial floor gcd lcm log log10 log2 max min mod normalCdf pick round sin sqrt'.split(
      ' ',
    ),
  );
});

describe('rounding', () => {
  test.each([
    ['floor(2.9)', 2],
    ['floor(-2.1)', -3],
    ['floor(0.29 * 100)', 29],
    ['floor(3 * (1 / 3) * 10)', 10],
    ['ceil(2.1)', 3],
    ['ceil(0.1 * 3 * 10)', 3],
    ['ceil(1.1 * 10)', 11],
    ['round(2.5)', 3],
    ['round(-2.5)', -3],
    ['round(1.005, 2)', 1.01],
    ['round(1234.5678, 1)', 1234.6],
    ['round(0)', 0],
    ['round(1e-9, 3)', 0],
  ])('%s is %d', (source, expected) => {
    expect(value(source)).toBe(expected);
  });

  test('rounding to more digits than a number has is refused', () => {
    expect(() => value('round(1.5, 16)')).toThrow(/whole number from 0 to 15/);
    expect(() => value('round(1.5, 0.5)')).toThrow(/whole number/);
  });

  test('floor and ceil enclose their number', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        const low = evaluateExpression('floor(x)', { x });
        const high = evaluateExpression('ceil(x)', { x });
        expect(low).toBeLessThanOrEqual(x + 1e-6);
        expect(high).toBeGreaterThanOrEqual(x - 1e-6);
        expect(high - low).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('counting', () => {
  test.each([
    ['comb(5, 2)', 10],
    ['comb(5, 0)', 1],
    ['comb(5, 6)', 0],
    ['comb(52, 5)', 2598960],
    ['comb(60, 30)', 118264581564861424],
    ['factorial(0)', 1],
    ['factorial(10)', 3628800],
    ['gcd(12, 18)', 6],
    ['gcd(-12, 18)', 6],
    ['gcd(0, 5)', 5],
    ['lcm(4, 6)', 12],
    ['lcm(0, 6)', 0],
    ['mod(7, 3)', 1],
    ['mod(-1, 5)', 4],
    ['mod(5.5, 2)', 1.5],
    ['pick(1, 10, 20, 30)', 10],
    ['pick(3, 10, 20, 30)', 30],
    ['min(3, 1, 2)', 1],
    ['max(3, 1, 2)', 3],
    ['abs(-3)', 3],
  ])('%s is %d', (source, expected) => {
    expect(value(source)).toBeCloseTo(expected, 6);
  });

  test('Pascal holds: each entry is the sum of the two above it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (n, k) => {
        const above = evaluateExpression('comb(n - 1, k - 1) + comb(n - 1, k)', { n, k });
        expect(evaluateExpression('comb(n, k)', { n, k })).toBe(above);
      }),
    );
  });

  test('a huge binomial is refused rather than looped over', () => {
    expect(() => value('comb(1000000, 500000)')).toThrow(/infinite/);
    expect(() => value('comb(2000000, 2)')).toThrow(/whole number/);
  });
});

describe('queues', () => {
  // Values for c servers and load a from the closed formula, computed with exact fractions.
  test.each([
    ['erlangC(1, 0.5)', 0.5],
    ['erlangC(1, 0.9)', 0.9],
    ['erlangC(2, 1)', 1 / 3],
    ['erlangC(3, 2)', 4 / 9],
    ['erlangC(10, 8)', 0.40918015],
    ['erlangC(4, 0)', 0],
    ['erlangC(4, 4)', 1],
    ['erlangC(4, 9)', 1],
  ])('%s is %d', (source, expected) => {
    expect(value(source)).toBeCloseTo(expected, 7);
  });

  test('a thousand servers neither overflow nor take long', () => {
    const waiting = value('erlangC(1000, 950)');
    expect(waiting).toBeGreaterThan(0);
    expect(waiting).toBeLessThan(0.2);
  });

  test('no servers and negative load are refused', () => {
    expect(() => value('erlangC(0, 1)')).toThrow(/whole number from 1/);
    expect(() => value('erlangC(2, -1)')).toThrow(/negative/);
    expect(() => value('erlangC(1e9, 1)')).toThrow(/whole number/);
  });

  test('more servers at the same load never make waiting likelier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.1, max: 40, noNaN: true }), (c, a) => {
        const few = evaluateExpression('erlangC(c, a)', { c, a });
        const more = evaluateExpression('erlangC(c + 1, a)', { c, a });
        expect(more).toBeLessThanOrEqual(few + 1e-12);
      }),
    );
  });
});

describe('the normal distribution', () => {
  // Published quantiles, to ten digits.
  test.each([
    [0, 0.5],
    [1, 0.8413447461],
    [-1, 0.1586552539],
    [1.2815515655, 0.9],
    [1.644853627, 0.95],
    [1.9599639845, 0.975],
    [2.5758293035, 0.995],
    [-3, 0.001349898],
    [-8, 6.22096057427178e-16],
    [40, 1],
    [-40, 0],
  ])('at %d it is %d', (z, p) => {
    expect(Math.abs(normalCdf(z) - p)).toBeLessThan(1e-10);
  });

  test('it is symmetric and rises', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (z) => {
        expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 12);
        expect(normalCdf(z + 0.01)).toBeGreaterThanOrEqual(normalCdf(z));
      }),
    );
  });
});
