import { describe, expect, it } from 'vitest';
import { EQUAL_WASTE, readEqualWaste } from './research.ts';

describe('figures from research', () => {
  it('are the ones that the benchmark wrote', () => {
    expect(EQUAL_WASTE.length).toBeGreaterThanOrEqual(4);
    for (const { ours, inARow, bkt } of EQUAL_WASTE)
      for (const figure of [ours, inARow, bkt]) expect(figure).toMatch(/^\d+\.\d%$/);
  });

  it('are left out where there is no table', () => {
    expect(readEqualWaste('nothing')).toEqual([]);
  });
});
