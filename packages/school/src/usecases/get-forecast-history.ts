import { forecastHistory, type LedgerEvent, type PastForecast } from '@edirae/engine';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';
import type { Queries } from '../store/transaction.ts';

/** How long a history without new events is shown before it is computed anew, in ms. */
const KEPT_FOR = 3_600_000;

/** Histories kept at most; the oldest goes first. */
const MOST_KEPT = 500;

interface Kept {
  seq: number;
  from: number;
  history: PastForecast[];
}

/** A history takes a replay and a dozen plans: some tenths of a second on a long ledger. */
const kept = new WeakMap<Queries, Map<string, Kept>>();

/** How the forecast of the learner's present goal moved, computed from the ledger. @throws LearnerNotFound */
export async function getForecastHistory(school: School, learnerId: string): Promise<PastForecast[]> {
  const { state, now, head, store } = await readSettled(school, learnerId);
  const all = kept.get(school.db) ?? new Map<string, Kept>();
  kept.set(school.db, all);
  const last = all.get(learnerId);
  if (last?.seq === head.seq && now >= last.from && now - last.from < KEPT_FOR) return last.history;
  // Written by `append`, which takes nothing but these types.
  const events = (await store.listEvents()) as unknown as LedgerEvent[];
  const history = forecastHistory({ graph: school.graph, state, events, now });
  all.delete(learnerId);
  all.set(learnerId, { seq: head.seq, from: now, history });
  for (const oldest of all.keys()) {
    if (all.size <= MOST_KEPT) break;
    all.delete(oldest);
  }
  return history;
}
