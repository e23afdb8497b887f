import {
  createPastForecasts,
  pastMoments,
  withForecastNow,
  type LedgerEvent,
  type PastForecast,
} from '@edirae/engine';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { Queries } from '../store/transaction.ts';

/** Learners whose past forecasts are kept; the one longest unused makes room. */
const MOST_KEPT = 500;

/** Events read and folded at a time; between two pieces other requests have their turn. */
const PIECE = 1_000;

/** Past forecasts take a replay of the whole ledger, and stay as they are until the next week has passed. */
const kept = new WeakMap<Queries, Map<string, { moments: string; past: Promise<PastForecast[]> }>>();

/** How the forecast of the learner's present goal moved, computed from the ledger. @throws LearnerNotFound */
export async function getForecastHistory(school: School, learnerId: string): Promise<PastForecast[]> {
  const reader = await readSettled(school, learnerId);
  const { state, now } = reader;
  if (state.goal === null) return [];
  const all = kept.get(school.db) ?? new Map<string, { moments: string; past: Promise<PastForecast[]> }>();
  kept.set(school.db, all);
  const moments = pastMoments(state, now);
  const last = all.get(learnerId);
  const past = last?.moments === moments ? last.past : computePast(school, reader);
  all.delete(learnerId);
  all.set(learnerId, { moments, past });
  // A failure is for those who waited; the next reader tries again.
  past.catch(() => all.delete(learnerId));
  const [oldest] = all.keys();
  if (all.size > MOST_KEPT && oldest !== undefined) all.delete(oldest);
  return withForecastNow(school.graph, await past, state, now);
}

async function computePast(
  { graph }: School,
  { state, now, head, store }: LearnerReader,
): Promise<PastForecast[]> {
  const forecasts = createPastForecasts(graph, state, now);
  for (let after = 0; after < head.seq; after += PIECE) {
    // Written by `append`, which takes nothing but these types.
    forecasts.fold((await store.listEvents(after, PIECE)) as unknown as LedgerEvent[]);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return forecasts.list();
}
