import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createRandom, seededRank } from './random.ts';

const take = (seed: string, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, random);
};

describe('createRandom', () => {
  test('gives these numbers for this seed for ever', () => {
    expect(take('edirae', 4)).toMatchInlineSnapshot(`
      [
        0.41650340030901134,
        0.41018399060703814,
        0.535710445838049,
        0.658218669006601,
      ]
    `);
  });

  test('the same seed gives the same numbers', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(take(seed, 20)).toEqual(take(seed, 20));
      }),
    );
  });

  test('different seeds give different numbers', () => {
    expect(take('a', 5)).not.toEqual(take('b', 5));
    expect(take('', 5)).not.toEqual(take(' ', 5));
  });

  test('two generators of one seed do not disturb each other', () => {
    const one = createRandom('x');
    const two = createRandom('x');
    one();
    one();
    expect(two()).toBe(take('x', 1)[0]);
  });

  test('every number lies in [0, 1)', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        for (const value of take(seed, 50)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThan(1);
        }
      }),
    );
  });

  test('the numbers are spread evenly: each tenth holds its share within 5%', () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (const value of take('even', 100_000))
      buckets[Math.floor(value * 10)] = (buckets[Math.floor(value * 10)] ?? 0) + 1;
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('one number says nothing about the next: their correlation is near 0', () => {
    const values = take('pairs', 20_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    let together = 0;
    let alone = 0;
    for (let i = 0; i + 1 < values.length; i++) {
      together += ((values[i] ?? 0) - mean) * ((values[i + 1] ?? 0) - mean);
      alone += ((values[i] ?? 0) - mean) ** 2;
    }
    expect(Math.abs(together / alone)).toBeLessThan(0.03);
  });
});

describe('seededRank', () => {
  test('is fixed by seed and label', () => {
    expect(seededRank('check-1', 'family-a')).toBe(seededRank('check-1', 'family-a'));
  });

  test('orders the same labels differently under different seeds', () => {
    const labels = Array.from({ length: 12 }, (_, i) => `family-${i}`);
    const order = (seed: string): string =>
      [...labels].sort((a, b) => seededRank(seed, a) - seededRank(seed, b)).join(' ');
    expect(order('check-1')).not.toBe(order('check-2'));
  });

  test('does not confuse where the seed ends and the label begins', () => {
    expect(seededRank('ab', 'c')).not.toBe(seededRank('a', 'bc'));
  });
});
