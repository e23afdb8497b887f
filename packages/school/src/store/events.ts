import type { LedgerEvent } from '@edirae/engine';
import type { ChainedEvent, RawEvent } from './chain.ts';
import type { LedgerEventRow } from './schema.ts';
import type { Queries } from './transaction.ts';

/** Rows per insert: seven columns each, and SQLite takes at most 32,766 parameters. */
const ROWS_PER_INSERT = 1_000;

/** A learner's events after `after`, in order. */
export async function listEvents(
  db: Queries,
  learnerId: string,
  after = 0,
  limit?: number,
): Promise<RawEvent[]> {
  let query = db
    .selectFrom('ledger_events')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('seq', '>', after)
    .orderBy('seq');
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(parseStoredEvent);
}

/** A learner's events of these numbers, in order. */
export async function listEventsAt(
  db: Queries,
  learnerId: string,
  seqs: readonly number[],
): Promise<RawEvent[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom('ledger_events')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('seq', 'in', seqs)
    .orderBy('seq')
    .execute();
  return rows.map(parseStoredEvent);
}

/** A learner's events of some types, in order. */
export async function listEventsOfTypes(
  db: Queries,
  learnerId: string,
  types: readonly LedgerEvent['type'][],
): Promise<RawEvent[]> {
  const rows = await db
    .selectFrom('ledger_events')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('type', 'in', types)
    .orderBy('seq')
    .execute();
  return rows.map(parseStoredEvent);
}

/** Writes events that were chained already. */
export async function insertEvents(
  db: Queries,
  learnerId: string,
  events: readonly ChainedEvent[],
): Promise<void> {
  for (let start = 0; start < events.length; start += ROWS_PER_INSERT) {
    const rows = events.slice(start, start + ROWS_PER_INSERT).map(({ seq, at, type, body, prev, hash }) => ({
      learner_id: learnerId,
      seq,
      at,
      type,
      body: JSON.stringify(body),
      prev,
      hash,
    }));
    await db.insertInto('ledger_events').values(rows).execute();
  }
}

/** A row of the ledger as an event, before anything about it is believed. */
export function parseStoredEvent(row: Omit<LedgerEventRow, 'learner_id'>): RawEvent {
  const { seq, at, type, prev, hash } = row;
  return { seq, at, type, body: parseBody(row.body), prev, hash };
}

/** A body that is no JSON was edited by hand; reading it must not hide the rest of the ledger. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: text };
  }
}
