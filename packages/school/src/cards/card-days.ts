import type { StoredGrade } from '../store/cards/grades.ts';
import { startOfDay } from './day.ts';
import { firstOfDay } from './recall-by-week.ts';

/** Cards of one day in UTC. */
export interface CardDay {
  /** Midnight it began at. Epoch ms. */
  day: number;
  /** Cards that were graded; asked again on the same day, a card counts once. */
  graded: number;
  /** Of these, known at the first try of the day. */
  recalled: number;
}

/** Days with a grade, in order. What an import brought along was not done here. @param grades by time, without those taken back */
export function listCardDays(grades: readonly StoredGrade[]): CardDay[] {
  const days = new Map<number, CardDay>();
  for (const { at, grade } of firstOfDay(grades.filter(({ origin }) => origin !== 'import'))) {
    const day = startOfDay(at);
    const known = days.get(day) ?? { day, graded: 0, recalled: 0 };
    known.graded += 1;
    if (grade > 1) known.recalled += 1;
    days.set(day, known);
  }
  return [...days.values()];
}
