import type { LedgerEvent } from '@edirae/engine';
import { listCardDays, type CardDay } from '../cards/card-days.ts';
import { DAY_MS, startOfDay } from '../cards/day.ts';
import { readSettled } from '../present/read-settled.ts';
import { createStudyNumbers, type StudyNumbers } from '../record/study-numbers.ts';
import type { School } from '../school.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { standing } from '../store/cards/grades.ts';
import type { Queries } from '../store/transaction.ts';

/** Learners whose numbers are kept; the one longest unused makes room. */
const MOST_KEPT = 200;

/** Events read and folded at a time; between two pieces other requests have their turn. */
const PIECE = 1_000;

const kept = new WeakMap<Queries, Map<string, { hash: string; numbers: StudyNumbers }>>();

/** Days of cards that are told, today included. */
const CARD_DAYS = 30;

/**
 * Retention, reviews, time and what was proven over time, added up from the ledger; and the cards of the last 30 days, which are beside it.
 * @throws LearnerNotFound
 */
export async function getStudyNumbers(
  school: School,
  learnerId: string,
): Promise<StudyNumbers & { cards: CardDay[]; now: number }> {
  const { head, now, store } = await readSettled(school, learnerId);
  const from = startOfDay(now) - (CARD_DAYS - 1) * DAY_MS;
  const grades = await createCardStore(school.db, learnerId).listGradesSince(from);
  const cards = listCardDays(standing(grades));
  const all = kept.get(school.db) ?? new Map<string, { hash: string; numbers: StudyNumbers }>();
  kept.set(school.db, all);
  const known = all.get(learnerId);
  if (known?.hash === head.hash) return { ...known.numbers, cards, now };
  const sum = createStudyNumbers();
  for (let after = 0; after < head.seq; after += PIECE) {
    // Written by `append`, which takes nothing but these types.
    sum.fold((await store.listEvents(after, PIECE)) as unknown as LedgerEvent[]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const numbers = sum.numbers();
  all.delete(learnerId);
  all.set(learnerId, { hash: head.hash, numbers });
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
  return { ...numbers, cards, now };
}
