import { describe, expect, it } from 'vitest';
import { clockWords, elapsed, startWatch, stoppedAt, stopWatch } from './stopwatch.ts';

describe('a stopwatch', () => {
  it('counts while it runs, stands while it is paused, and goes on from there', () => {
    let watch = startWatch(stoppedAt(60), 1_000);
    expect(elapsed(watch, 11_000)).toBe(70_000);
    watch = stopWatch(watch, 11_000);
    expect(elapsed(watch, 999_000)).toBe(70_000);
    watch = startWatch(watch, 1_000_000);
    expect(elapsed(watch, 1_005_000)).toBe(75_000);
  });

  it('is not started twice', () => {
    expect(startWatch(startWatch(stoppedAt(0), 1_000), 9_000).since).toBe(1_000);
  });

  it('loses nothing when the clock is set back, and never cuts off', () => {
    expect(elapsed(startWatch(stoppedAt(30), 10_000), 5_000)).toBe(30_000);
    expect(clockWords(elapsed(startWatch(stoppedAt(0), 0), 7 * 3_600_000) / 1000)).toBe('7:00:00');
  });

  it.each([
    [0, '0:00'],
    [59.9, '0:59'],
    [247, '4:07'],
    [3847, '1:04:07'],
  ])('says %d seconds as %s', (seconds, words) => expect(clockWords(seconds)).toBe(words));
});
