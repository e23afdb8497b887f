import { describe, expect, it } from 'vitest';
import {
  calibrationPoints,
  calibrationSentence,
  finding,
  frame,
  plotX,
  plotY,
  radius,
  wilson,
} from './calibration.ts';

describe('calibration', () => {
  it('gives the published Wilson interval', () => {
    const { low, high } = wilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 3);
    expect(high).toBeCloseTo(0.3662, 3);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('marks a level whose interval excludes what was said, and leaves out empty ones', () => {
    const points = calibrationPoints([
      { said: 25, n: 0, correct: 0 },
      { said: 50, n: 48, correct: 26 },
      { said: 95, n: 37, correct: 30 },
    ]);
    expect(points.map(({ said, off }) => [said, off])).toEqual([
      [50, false],
      [95, true],
    ]);
  });

  it('says nothing from a handful, and names the worst level from enough', () => {
    expect(finding(calibrationPoints([{ said: 95, n: 3, correct: 0 }]))).toContain('too few');
    expect(finding(calibrationPoints([{ said: 95, n: 40, correct: 20 }]))).toContain(
      'When you say 95%, you are right 50%',
    );
    expect(finding(calibrationPoints([{ said: 75, n: 40, correct: 30 }]))).toContain('No level');
  });

  it('draws in a square, larger with more answers within bounds', () => {
    expect(plotX(1) - plotX(0)).toBe(plotY(0) - plotY(1));
    expect(plotX(0)).toBe(frame.left);
    expect([radius(1), radius(100), radius(10_000)]).toEqual([5, 10, 16]);
  });

  it('says in one sentence whether more is claimed than kept', () => {
    const sure = [{ said: 95 as const, n: 40, correct: 28 }];
    expect(calibrationSentence(sure, 0.2725)).toBe(
      'Over 40 first tries you said 95% and were right 70% of the time: you are right less often than you say. Brier score .273, where 0 is perfect and .250 is what always saying 50% scores.',
    );
    expect(calibrationSentence([{ said: 75, n: 40, correct: 29 }], 0.2)).toContain('what chance allows');
    expect(calibrationSentence(sure, null)).toBeNull();
  });
});
