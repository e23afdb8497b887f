import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Tolerance } from '../schema/item-parts.ts';
import { isWithin } from './tolerance.ts';

const relative = (amount: number): Tolerance => ({ kind: 'relative', amount });
const absolute = (amount: number): Tolerance => ({ kind: 'absolute', amount });

describe('within', () => {
  test.each([
    [51, 50, relative(0.02), true],
    [49, 50, relative(0.02), true],
    [51.01, 50, relative(0.02), false],
    [-51, -50, relative(0.02), true],
    [51, -50, relative(0.02), false],
    [0, 0, relative(0.02), true],
    [1e-12, 0, relative(0.02), false],
    [3, 0, absolute(3), true],
    [3.01, 0, absolute(3), false],
    [0.3, 0.1 + 0.2, absolute(0), true],
    [0.30001, 0.3, absolute(0), false],
    [1e15 + 1, 1e15, absolute(0), true],
  ])('%d counts as %d by %j: %s', (value, target, tolerance, inside) => {
    expect(isWithin(value, target, tolerance)).toBe(inside);
  });

  test('a number always counts as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isWithin(value, value, absolute(0))).toBe(true);
        expect(isWithin(value, value, relative(0))).toBe(true);
      }),
    );
  });

  test('a wider tolerance never takes an answer away', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(number, number, share, share, (value, target, a, b) => {
        const [narrow, wide] = [Math.min(a, b), Math.max(a, b)];
        if (isWithin(value, target, relative(narrow)))
          expect(isWithin(value, target, relative(wide))).toBe(true);
      }),
    );
  });
});
