import type { RetentionBin, StudyDay } from '@edirae/school';
import { hours, isoDate, percent } from '#lib/words.ts';

const DAY = 86_400_000;

/** Where the axes of every plot of this page lie, in units of its view box. */
export const frame = { width: 640, height: 280, left: 56, right: 620, top: 24, bottom: 230 } as const;

/** Days that the plots of days show. */
export const DAYS_SHOWN = 30;

export const plotY = (share: number): number => frame.bottom - share * (frame.bottom - frame.top);

/** The last days up to now, those without anything too. */
export function lastDays(days: readonly StudyDay[], now: number, shown = DAYS_SHOWN): StudyDay[] {
  const today = Math.floor(now / DAY) * DAY;
  const known = new Map(days.map((one) => [one.day, one]));
  const first = today - (shown - 1) * DAY;
  let before = days.findLast(({ day }) => day < first);
  return Array.from({ length: shown }, (_, n) => {
    const day = first + n * DAY;
    const one = known.get(day) ?? {
      day,
      reviews: 0,
      right: 0,
      answers: 0,
      ms: 0,
      proven: before?.proven ?? 0,
      kept: before?.kept ?? 0,
    };
    before = one;
    return one;
  });
}

/** A bar for each value, its height as a share of the largest. */
export function bars(values: readonly number[]): { x: number; y: number; width: number; height: number }[] {
  const most = Math.max(1, ...values);
  const step = (frame.right - frame.left) / Math.max(1, values.length);
  return values.map((value, n) => {
    const y = plotY(value / most);
    return { x: frame.left + n * step + step * 0.15, y, width: step * 0.7, height: frame.bottom - y };
  });
}

/** A line in steps: a count stays until it changes. */
export function stepLine(values: readonly number[], most: number): string {
  const step = (frame.right - frame.left) / Math.max(1, values.length);
  return values
    .map((value, n) => {
      const x = frame.left + n * step;
      return `${n === 0 ? 'M' : 'L'}${x} ${plotY(value / Math.max(1, most))}H${x + step}`;
    })
    .join('');
}

/** Middle of the n-th of several columns. */
export const columnX = (n: number, of: number): number =>
  frame.left + ((n + 0.5) * (frame.right - frame.left)) / Math.max(1, of);

/** Days since the last time, in words. */
export function gapWords({ from, to }: Pick<RetentionBin, 'from' | 'to'>): string {
  return to === null ? `${from} days and more` : `${from} to ${to - 1} days`;
}

/** What the retention plot shows, in a sentence. */
export function retentionFinding(bins: readonly RetentionBin[]): string {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) return 'No review was answered yet.';
  const mean = (of: 'predicted' | 'recalled') => bins.reduce((sum, bin) => sum + bin[of] * bin.n, 0) / n;
  const off = bins.filter(({ predicted, low, high }) => predicted < low || predicted > high).length;
  const close =
    off === 0
      ? 'No column is further off than chance allows.'
      : `${off} of ${bins.length} columns are further off than chance allows.`;
  return `${n} ${n === 1 ? 'review' : 'reviews'}: ${percent(mean('predicted'))} recall was predicted, ${percent(mean('recalled'))} measured. ${close}`;
}

/** Minutes and hours of a time in milliseconds. */
export const spent = (ms: number): string =>
  ms === 0 ? '0 min' : ms < 60_000 ? 'under 1 min' : hours(ms / 60_000);

/** Weeks as rows, newest first: their first day, and what happened in them. */
export function weekRows(days: readonly StudyDay[]): (StudyDay & { text: string })[] {
  const weeks = new Map<number, StudyDay>();
  for (const one of days) {
    // Days are counted from a Thursday; weeks begin on Monday.
    const day = Math.floor((one.day / DAY + 3) / 7) * 7 * DAY - 3 * DAY;
    const week = weeks.get(day);
    weeks.set(day, {
      day,
      reviews: (week?.reviews ?? 0) + one.reviews,
      right: (week?.right ?? 0) + one.right,
      answers: (week?.answers ?? 0) + one.answers,
      ms: (week?.ms ?? 0) + one.ms,
      proven: one.proven,
      kept: one.kept,
    });
  }
  return [...weeks.values()].reverse().map((week) => ({ ...week, text: isoDate(week.day) }));
}
