import { listEventsOfTypes } from './events.ts';
import type { RawEvent } from './chain.ts';
import type { LedgerEvent } from '@edirae/engine';
import type { Queries } from './transaction.ts';

/** What a count over everybody reads of a ledger. */
const READ: readonly LedgerEvent['type'][] = [
  'attempt',
  'check-ended',
  'item-retracted',
  'adopted',
  'clock-shifted',
];

const PAGE = 200;

/**
 * Walks over the answers and decisions of everybody, one learner at a time, so that memory holds one ledger. A guest whose progress
 * moved to an account is met there only, as `adopted`. Between learners other work has its turn.
 */
export async function* walkDecisions(db: Queries): AsyncGenerator<{ learnerId: string; events: RawEvent[] }> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('learners')
      .select('id')
      .where('id', '>', after)
      .where('merged_into', 'is', null)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { id } of rows) {
      yield { learnerId: id, events: await listEventsOfTypes(db, id, READ) };
      await new Promise((resolve) => setImmediate(resolve));
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
