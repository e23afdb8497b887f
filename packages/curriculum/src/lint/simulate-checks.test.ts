import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRepeat } from './simulate-checks.ts';
import type { SimulatedFamily } from './simulate-checks.ts';

function family(
  id: string,
  count: number,
  use: 'any' | 'check' = 'any',
  kind: SimulatedFamily['kind'] = 'choice',
): SimulatedFamily {
  return { id, kind, use, fingerprints: Array.from({ length: count }, (_, n) => `${id}-${n}`) };
}

test('one large family is enough for the simulation', () => {
  expect(findRepeat([family('a', 100)])).toBeUndefined();
});

test.each([
  [0, 'practice'],
  [5, 'practice'],
  [6, 'the first check'],
  [15, 'the first check'],
  [16, 'the practice between two checks'],
  [18, 'the practice between two checks'],
  [19, 'the second check'],
  [28, 'the second check'],
  [29, 'review'],
  [30, 'review'],
])('with %d variants the path ends in %s', (count, stage) => {
  expect(findRepeat([family('a', count)])).toBe(stage);
});

test('31 variants are what the path takes', () => {
  expect(findRepeat([family('a', 31)])).toBeUndefined();
});

test('families kept for checks do not help practice', () => {
  expect(findRepeat([family('a', 4), family('b', 400, 'check')])).toBe('practice');
});

test('families kept for checks spare the others', () => {
  expect(findRepeat([family('a', 11), family('b', 100, 'check', 'numeric')])).toBe(
    'the practice between two checks',
  );
  expect(findRepeat([family('a', 25), family('b', 100, 'check', 'numeric')])).toBeUndefined();
});

test('more variants never make it worse', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 }), (counts) => {
      const families = counts.map((count, n) => family(`f${n}`, count));
      const more = counts.map((count, n) => family(`f${n}`, count + 5));
      if (findRepeat(families) === undefined) expect(findRepeat(more)).toBeUndefined();
    }),
  );
});
