import type { LedgerEvent } from '@edirae/engine';
import { readSettled } from '../present/read-settled.ts';
import { createStudyNumbers, type StudyNumbers } from '../record/study-numbers.ts';
import type { School } from '../school.ts';
import type { Queries } from '../store/transaction.ts';

/** Learners whose numbers are kept; the one longest unused makes room. */
const MOST_KEPT = 200;

/** Events read and folded at a time; between two pieces other requests have their turn. */
const PIECE = 1_000;

const kept = new WeakMap<Queries, Map<string, { hash: string; numbers: StudyNumbers }>>();

/** Retention, reviews, time and what was proven over time, added up from the ledger. @throws LearnerNotFound */
export async function getStudyNumbers(
  school: School,
  learnerId: string,
): Promise<StudyNumbers & { now: number }> {
  const { head, now, store } = await readSettled(school, learnerId);
  const all = kept.get(school.db) ?? new Map<string, { hash: string; numbers: StudyNumbers }>();
  kept.set(school.db, all);
  const known = all.get(learnerId);
  if (known?.hash === head.hash) return { ...known.numbers, now };
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
  return { ...numbers, now };
}
