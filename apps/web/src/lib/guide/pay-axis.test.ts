import { expect, it } from 'vitest';
import { layOutPay } from './pay-axis.ts';

const pay = { p25: 103_050, p50: 133_080, p75: 169_000, p90: 211_450 };

it('keeps every point inside the drawing, in order and in proportion', () => {
  const { points, ticks, width } = layOutPay(pay);
  const xs = points.map(({ x }) => x);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  expect(Math.min(...xs)).toBeGreaterThan(40);
  expect(Math.max(...xs)).toBeLessThan(width - 40);
  const scale = (ticks[1]!.x - ticks[0]!.x) / 20_000;
  expect((xs[3]! - xs[0]!) / (pay.p90 - pay.p25)).toBeCloseTo(scale, 4);
});

it('has round ticks on both sides of the points', () => {
  const { ticks } = layOutPay(pay);
  expect(ticks[0]?.amount).toBe(80_000);
  expect(ticks.at(-1)?.amount).toBe(220_000);
});
