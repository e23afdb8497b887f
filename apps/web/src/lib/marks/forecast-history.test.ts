import { describe, expect, it } from 'vitest';
import { drawHistory, frame, historyFinding, movedBy, type HistoryPoint } from './forecast-history.ts';

const day = 864e5;
const start = Date.UTC(2026, 10, 2);

/** Every week the dates move a day later or earlier. */
const history = (weeks: number, move = -1): HistoryPoint[] =>
  Array.from({ length: weeks }, (_, week) => ({
    at: start + week * 7 * day,
    week,
    p50: start + (180 + move * week) * day,
    p90: start + (240 + move * week) * day,
    basis: week < 2 ? 'plan' : 'answers',
    hoursPerWeek: 6,
    edited: false,
  }));

describe('how the forecast moved', () => {
  it('is not drawn before there is something to compare', () => {
    expect(drawHistory([])).toBeNull();
    expect(drawHistory(history(1))).toBeNull();
  });

  it('stands nine in ten above even odds, all inside the frame', () => {
    const drawn = drawHistory(history(8))!;
    expect(drawn.end.y90).toBeLessThan(drawn.end.y50);
    expect(drawn.end.x).toBe(frame.right);
    const numbers = drawn.band.match(/[\d.]+/g)!.map(Number);
    for (let k = 0; k < numbers.length; k += 2) {
      expect(numbers[k]).toBeGreaterThanOrEqual(frame.left);
      expect(numbers[k + 1]).toBeGreaterThanOrEqual(frame.top);
      expect(numbers[k + 1]).toBeLessThanOrEqual(frame.bottom);
    }
    expect(drawn.weeks.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('keeps its labels apart where the two dates lie together', () => {
    const near = history(3).map((point) => ({ ...point, p90: point.p50 + day / 4 }));
    const { labels } = drawHistory(near)!;
    expect(labels.y50 - labels.y90).toBeGreaterThanOrEqual(17.9);
  });

  it('keeps to a few marks, however long it lasts and however far the dates lie', () => {
    for (const weeks of [2, 13, 60, 400]) {
      const drawn = drawHistory(history(weeks, 20))!;
      expect(drawn.weeks.length).toBeLessThanOrEqual(14);
      expect(drawn.dates.length).toBeLessThanOrEqual(8);
      expect(drawn.dates.length).toBeGreaterThan(1);
    }
    const short = history(3).map((point) => ({ ...point, p90: point.p50 + 10 * day }));
    expect(drawHistory(short)!.dates.length).toBeGreaterThan(1);
  });

  it('is said in words', () => {
    expect(historyFinding(history(8))).toBe(
      'At the start the range from even odds to nine in ten was 1 May 2027 to 30 Jun 2027; now it is 24 Apr 2027 to 23 Jun 2027. Even odds moved 7 days earlier.',
    );
    expect(historyFinding(history(1))).toBe('Even odds by 1 May 2027, nine in ten by 30 June 2027.');
    expect(movedBy(20 * day)).toBe('3 weeks later');
    expect(movedBy(day / 5)).toBe('by less than a day');
    expect(movedBy(-day)).toBe('1 day earlier');
  });
});
