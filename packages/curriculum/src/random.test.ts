import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSeededRandom, drawInteger, shuffle } from './random.ts';

test('the numbers of a seed are pinned: a seed in a ledger must mean the same item for ever', () => {
  const random = createSeededRandom('kv-cache-size/42');
  expect(Array.from({ length: 4 }, () => drawInteger(random, 1_000_000))).toEqual([
    613452, 529753, 549230, 998815,
  ]);
});

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: string): number[] => {
    const random = createSeededRandom(seed);
    return Array.from({ length: 8 }, () => random());
  };
  expect(draw('a')).toEqual(draw('a'));
  expect(draw('a')).not.toEqual(draw('b'));
  expect(draw('family/1')[0]).not.toBe(draw('family/2')[0]);
});

test('numbers are spread evenly over the unit interval', () => {
  const random = createSeededRandom('even');
  const bins = Array.from({ length: 10 }, () => 0);
  for (let n = 0; n < 20_000; n++) bins[drawInteger(random, 10)]! += 1;
  for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

test('neighbouring seeds do not give neighbouring numbers', () => {
  const firsts = Array.from({ length: 2000 }, (_, seed) => createSeededRandom(`f/${seed}`)());
  const mean = firsts.reduce((sum, x) => sum + x, 0) / firsts.length;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
});

test('a shuffle keeps every value and puts each in every place equally often', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.string(), (values, seed) => {
      const shuffled = shuffle(values, createSeededRandom(seed));
      expect(shuffled.toSorted()).toEqual(values.toSorted());
    }),
  );
  const places = [0, 0, 0, 0];
  for (let n = 0; n < 4000; n++)
    places[shuffle(['x', 'b', 'c', 'd'], createSeededRandom(`s/${n}`)).indexOf('x')]! += 1;
  for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
