import { describe, expect, it } from 'vitest';
import { createRecentTimes } from './recent-times.ts';

const MINUTE = 60_000;

describe('times of the last hour', () => {
  it('give the middle and the slowest hundredth within a tenth', () => {
    const times = createRecentTimes();
    for (let ms = 1; ms <= 1_000; ms++) times.record(ms, 0);
    const { n, p50Ms, p99Ms } = times.summary(0) ?? { n: 0, p50Ms: 0, p99Ms: 0 };
    expect(n).toBe(1_000);
    expect(p50Ms).toBeGreaterThanOrEqual(500);
    expect(p50Ms).toBeLessThanOrEqual(551);
    expect(p99Ms).toBeGreaterThanOrEqual(990);
    expect(p99Ms).toBeLessThanOrEqual(1_090);
  });

  it('forget what is older than an hour', () => {
    const times = createRecentTimes();
    times.record(900, 0);
    times.record(10, 50 * MINUTE);
    expect(times.summary(50 * MINUTE)?.n).toBe(2);
    expect(times.summary(61 * MINUTE)).toMatchObject({ n: 1, p99Ms: expect.closeTo(10, -1) });
    expect(times.summary(180 * MINUTE)).toBeNull();
  });

  it('take what is faster or slower than they can tell apart', () => {
    const times = createRecentTimes();
    for (const ms of [0, 1e9]) times.record(ms, 0);
    expect(times.summary(0)?.n).toBe(2);
  });
});
