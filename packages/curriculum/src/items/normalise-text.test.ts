import { describe, expect, it } from 'vitest';
import { normaliseText } from './normalise-text.ts';

describe('comparing typed texts', () => {
  it.each([
    ['Grouped-Query Attention', 'grouped query attention'],
    ['top-5', 'Top 5'],
    ['naïve', 'naive'],
    ['1,000', '1000'],
    ['R&D', 'r and d'],
    ['key/value', 'key value'],
    ['−1', '-1'],
    ['2.5.', '2.5'],
  ])('takes %s and %s for the same', (a, b) => {
    expect(normaliseText(a)).toBe(normaliseText(b));
  });

  it.each([
    ['2.5', '25'],
    ['-1', '1'],
    ['0.05', '0.5'],
    ['x = -3', 'x = 3'],
    ['>=', '<='],
  ])('tells %s from %s', (a, b) => {
    expect(normaliseText(a)).not.toBe(normaliseText(b));
  });
});
