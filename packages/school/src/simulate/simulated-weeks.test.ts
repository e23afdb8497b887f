import { createRandom } from '@edirae/engine';
import { describe, expect, it } from 'vitest';
import { SimulatedWeeks } from './simulated-weeks.ts';

const WEEK = 7 * 86_400_000;

describe('simulated weeks', () => {
  it('never turn the clock back, and move it by about a week for a week of work', () => {
    const clock = { now: 1_000 };
    const weeks = new SimulatedWeeks(clock, 6, createRandom('weeks'));
    let last = clock.now;
    for (let n = 0; n < 2_000; n++) {
      weeks.work(18);
      expect(clock.now).toBeGreaterThanOrEqual(last);
      last = clock.now;
    }
    // 600 hours at six a week, one week in six off.
    const passed = (clock.now - 1_000) / WEEK;
    expect(passed).toBeGreaterThan(95);
    expect(passed).toBeLessThan(140);
  });
});
