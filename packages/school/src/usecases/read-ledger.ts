import { listEventsAfter } from '../present/list-events.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import type { LedgerView } from '../views.ts';

/** The learner's own ledger after an event, whole: they may check the chain themselves. */
export async function readLedger(
  school: School,
  learnerId: string,
  { after = 0 }: { after?: number } = {},
): Promise<LedgerView> {
  const reader = await readLearner(school, learnerId);
  const events = await listEventsAfter(reader, after);
  return {
    learnerId,
    events: events.map(({ seq, at, type, body, prev, hash }) => ({ seq, at, type, body, prev, hash })),
    head: { seq: reader.head.seq, hash: reader.head.hash },
  };
}
