import { describe, expect, it } from 'vitest';
import {
  bars,
  frame,
  gapWords,
  lastDays,
  retentionFinding,
  spent,
  stepLine,
  weekRows,
} from './study-plots.ts';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23);
const day = (n: number, more: object = {}) => ({
  day: MONDAY + n * DAY,
  reviews: 1,
  right: 1,
  answers: 2,
  ms: 60_000,
  proven: 3,
  kept: 1,
  ...more,
});

describe('plots of study', () => {
  it('show days without anything, with the counts that held then', () => {
    const days = lastDays([day(-40, { proven: 2 }), day(-1)], MONDAY + 5);
    expect(days).toHaveLength(30);
    expect(days[0]).toMatchObject({ reviews: 0, proven: 2 });
    expect(days.at(-2)).toMatchObject({ reviews: 1, proven: 3 });
    expect(days.at(-1)).toMatchObject({ day: MONDAY, reviews: 0, proven: 3 });
  });

  it('draw the largest to the top and nothing as nothing', () => {
    const [none, most] = bars([0, 4]);
    expect(none?.height).toBe(0);
    expect(most?.y).toBe(frame.top);
    expect(bars([0, 0]).every(({ height }) => height === 0)).toBe(true);
    expect(stepLine([0, 1], 1)).toMatch(/^M\S+ 230H\S+L\S+ 24H/);
  });

  it('gather weeks from Monday to Sunday', () => {
    const rows = weekRows([day(-1), day(0, { proven: 4 }), day(6, { proven: 5 })]);
    expect(rows).toMatchObject([
      { text: '2026-11-23', reviews: 2, ms: 120_000, proven: 5 },
      { text: '2026-11-16', reviews: 1, proven: 3 },
    ]);
  });

  it('say in words what they show', () => {
    expect(retentionFinding([])).toBe('No review was answered yet.');
    const bin = { from: 4, to: 8, n: 10, predicted: 0.9, recalled: 0.8, low: 0.49, high: 0.94 };
    expect(retentionFinding([bin])).toBe(
      '10 reviews: 90% recall was predicted, 80% measured. No column is further off than chance allows.',
    );
    expect(retentionFinding([{ ...bin, predicted: 0.99 }])).toContain('1 of 1 columns');
    expect(gapWords(bin)).toBe('4 to 7 days');
    expect(gapWords({ from: 61, to: null })).toBe('61 days and more');
    expect(spent(30_000)).toBe('under 1 min');
  });
});
