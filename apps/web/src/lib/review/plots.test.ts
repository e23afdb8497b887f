import { describe, expect, it } from 'vitest';
import { curveLines, dayTicks, recallAfter, shareFloor, weeksOutside } from './plots.ts';

const DAY = 86_400_000;

describe('what the plots of a review draw', () => {
  it('lets recall fall to 90% after the stability, whatever it is', () => {
    for (const stability of [0.5, 3, 40, 900]) expect(recallAfter(stability, stability)).toBeCloseTo(0.9, 10);
    expect(recallAfter(0, 3)).toBe(1);
  });

  it('begins anew at every review and is dashed after now', () => {
    const steps = [
      { at: 0, grade: 3 as const, before: null, stability: 3 },
      { at: 3 * DAY, grade: 3 as const, before: 0.9, stability: 10 },
    ];
    const { lines, today } = curveLines(steps, 5 * DAY);
    expect(today).toBe(5);
    expect(lines.map(({ future }) => future)).toEqual([false, false, true]);
    expect(lines[0]?.points.at(-1)?.[1]).toBeCloseTo(0.9, 5);
    expect(lines[1]?.points[0]).toEqual([3, 1]);
    expect(lines[2]?.points[0]?.[1]).toBeCloseTo(recallAfter(2, 10), 10);
  });

  it('cuts the axis below everything shown', () => {
    expect(shareFloor([0.93, 0.88])).toBe(0.7);
    expect(shareFloor([0.41])).toBe(0.4);
    expect(shareFloor([0])).toBe(0);
  });

  it('names the weeks that chance does not explain', () => {
    const week = (low: number, high: number) => ({ from: 0, asked: 9, recalled: 8, predicted: 8, low, high });
    expect(weeksOutside([week(0.7, 0.95), week(0.4, 0.8)], 0.9)).toHaveLength(1);
  });
});

describe('the days on an axis', () => {
  it('are named once each, however short the curve', () => {
    expect(dayTicks(2.2)).toEqual([0, 1, 2]);
    expect(dayTicks(1)).toEqual([0, 1]);
    expect(dayTicks(40)).toEqual([0, 10, 20, 30, 40]);
  });
});
