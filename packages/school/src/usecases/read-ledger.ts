import { listEventsAfter } from '../present/list-events.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import type { LedgerView } from '../views.ts';

/** Events given at once: some two megabytes. */
export const LEDGER_PIECE = 2_000;

/**
 * The learner's own ledger after an event, so that they may check the chain themselves: at most {@link LEDGER_PIECE} events, and the head. Whoever wants more
 * asks again after the last, until it is the head.
 */
export async function readLedger(
  school: School,
  learnerId: string,
  { after = 0 }: { after?: number } = {},
): Promise<LedgerView> {
  const reader = await readLearner(school, learnerId);
  const events = await listEventsAfter(reader, after, LEDGER_PIECE);
  return {
    learnerId,
    events: events.map(({ seq, at, type, body, prev, hash }) => ({ seq, at, type, body, prev, hash })),
    head: { seq: reader.head.seq, hash: reader.head.hash },
  };
}
