import { wilson } from '../record/wilson.ts';
import type { StoredGrade } from '../store/cards/grades.ts';
import { DAY_MS, startOfDay } from './day.ts';

/** Cards recalled in one week, of those asked when something was predicted. */
export interface RecallWeek {
  /** Its first day, epoch ms. */
  from: number;
  asked: number;
  recalled: number;
  /** What the schedule predicted, added up. */
  predicted: number;
  /** 95% Wilson interval of the share. */
  low: number;
  high: number;
}

const WEEK_MS = 7 * DAY_MS;

/** The last `weeks` weeks up to `now`, weeks without a grade left out. A card counts once a day: asking again after ten minutes says little. */
export function recallByWeek(grades: readonly StoredGrade[], now: number, weeks: number): RecallWeek[] {
  const end = startOfDay(now) + DAY_MS;
  const counted = firstOfDay(grades).filter(({ recall }) => recall !== null);
  return Array.from({ length: weeks }, (_, n) => end - (weeks - n) * WEEK_MS).flatMap((from) => {
    const inWeek = counted.filter(({ at }) => at >= from && at < from + WEEK_MS);
    if (inWeek.length === 0) return [];
    const recalled = inWeek.filter(({ grade }) => grade > 1).length;
    const predicted = inWeek.reduce((sum, { recall }) => sum + (recall ?? 0), 0);
    return [{ from, asked: inWeek.length, recalled, predicted, ...wilson(recalled, inWeek.length) }];
  });
}

/** The first grade of each card on each day. */
export function firstOfDay(grades: readonly StoredGrade[]): StoredGrade[] {
  const seen = new Set<string>();
  return grades.filter(({ card, at }) => {
    const key = `${startOfDay(at)}/${card}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
