import type { RawEvent } from './chain.ts';
import { listEvents } from './events.ts';
import { listReceipts, type StoredReceipt } from './receipts.ts';
import { transact, type Queries } from './transaction.ts';

/** One learner's ledger and all that must agree with it, as of one moment, even while the server writes. */
export interface LedgerSnapshot {
  learnerId: string;
  head: { seq: number; hash: string };
  /** The cached state, unparsed. */
  state: string | null;
  stateSeq: number;
  mergedInto: string | null;
  events: RawEvent[];
  receipts: StoredReceipt[];
  /** Heads of the guests that this learner adopted. */
  adopted: ReadonlyMap<string, { seq: number; hash: string }>;
}

/** Reads one learner's ledger in a transaction of its own. Undefined: erased since its id was listed. */
export async function findLedgerSnapshot(
  db: Queries,
  learnerId: string,
): Promise<LedgerSnapshot | undefined> {
  return transact(
    db,
    async (tx) => {
      const row = await tx.selectFrom('learners').selectAll().where('id', '=', learnerId).executeTakeFirst();
      if (row === undefined) return undefined;
      const guests = await tx
        .selectFrom('learners')
        .select(['id', 'head_seq', 'head_hash'])
        .where('merged_into', '=', learnerId)
        .execute();
      return {
        learnerId,
        head: { seq: row.head_seq, hash: row.head_hash },
        state: row.state,
        stateSeq: row.state_seq,
        mergedInto: row.merged_into,
        events: await listEvents(tx, learnerId),
        receipts: await listReceipts(tx, learnerId),
        adopted: new Map(guests.map((guest) => [guest.id, { seq: guest.head_seq, hash: guest.head_hash }])),
      };
    },
    'snapshot',
  );
}

/** Learners that have events but no row: the row was removed behind the ledger's back. Of everybody, or of one. */
export async function listOrphans(db: Queries, learnerId?: string): Promise<string[]> {
  const query = db
    .selectFrom('ledger_events')
    .leftJoin('learners', 'learners.id', 'ledger_events.learner_id')
    .select('ledger_events.learner_id')
    .distinct()
    .where('learners.id', 'is', null)
    .limit(100);
  const one = learnerId === undefined ? query : query.where('ledger_events.learner_id', '=', learnerId);
  const rows = await one.execute();
  return rows.map((row) => row.learner_id);
}
