import { expect, test } from 'vitest';
import { createSeededRandom } from '../random.ts';
import { CHOICE_FAMILY, familyOf, SUM_FAMILY } from '../testing/tiny-curriculum.ts';
import { countVariants, listFingerprints } from './count-variants.ts';
import { anyVariant, findVariant } from './find-variant.ts';

const sums = familyOf(SUM_FAMILY);
const choices = familyOf(CHOICE_FAMILY);

test('an authored family gives each of its variants once and then none', () => {
  const used = new Set<string>();
  const random = createSeededRandom('once');
  const ids: string[] = [];
  for (;;) {
    const variant = findVariant(choices, (fingerprint) => used.has(fingerprint), random);
    if (!variant) break;
    ids.push(variant.variant);
    used.add(variant.fingerprint);
  }
  expect(ids.toSorted()).toEqual(['a', 'b', 'c']);
});

test('a parametric family never repeats a used fingerprint and ends when all are used', () => {
  const used = new Set<string>();
  const random = createSeededRandom('all');
  for (let n = 0; n < 2000; n++) {
    const variant = findVariant(sums, (fingerprint) => used.has(fingerprint), random);
    if (!variant) break;
    expect(used.has(variant.fingerprint)).toBe(false);
    used.add(variant.fingerprint);
  }
  // Of the 4 × 49 pairs those with a carry in the last digit.
  expect(used.size).toBeGreaterThanOrEqual(countVariants(sums));
  expect(findVariant(sums, () => true, random)).toBeNull();
});

test('the same random numbers find the same variant', () => {
  const find = (): string | undefined => findVariant(sums, () => false, createSeededRandom('x'))?.variant;
  expect(find()).toBe(find());
});

test('any variant is given whether or not it is fresh', () => {
  expect(anyVariant(choices, createSeededRandom('1')).family).toBe('which-sum');
  expect(anyVariant(sums, createSeededRandom('1')).family).toBe('two-numbers');
});

test('a family whose formulas fail has no variant to find and counts none', () => {
  const broken = familyOf(SUM_FAMILY.replace('total: a + b', 'total: a + nothing'));
  expect(findVariant(broken, () => false, createSeededRandom('1'))).toBeNull();
  expect(listFingerprints(broken)).toEqual([]);
});
