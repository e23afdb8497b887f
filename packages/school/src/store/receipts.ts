import type { Selectable } from 'kysely';
import type { Receipt, ReceiptBody } from '../receipts.ts';
import type { ReceiptsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** A signed receipt as kept. */
export interface StoredReceipt {
  id: string;
  learnerId: string;
  seq: number;
  at: number;
  skill: string;
  receipt: Receipt;
}

/** Keeps a signed receipt. */
export async function insertReceipt(
  db: Queries,
  learnerId: string,
  stored: Omit<StoredReceipt, 'learnerId'>,
): Promise<void> {
  const { id, seq, at, skill } = stored;
  const { signature, ...body } = stored.receipt;
  await db
    .insertInto('receipts')
    .values({ id, learner_id: learnerId, seq, at, skill, body: JSON.stringify(body), signature })
    .execute();
}

/** One of the learner's receipts. */
export async function findReceipt(
  db: Queries,
  learnerId: string,
  receiptId: string,
): Promise<StoredReceipt | undefined> {
  const row = await db
    .selectFrom('receipts')
    .selectAll()
    .where('id', '=', receiptId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toReceipt(row);
}

/** The learner's receipts in order. */
export async function listReceipts(db: Queries, learnerId: string): Promise<StoredReceipt[]> {
  const rows = await db
    .selectFrom('receipts')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('at')
    .orderBy('seq')
    .execute();
  return rows.map(toReceipt);
}

function toReceipt(row: Selectable<ReceiptsTable>): StoredReceipt {
  const body = JSON.parse(row.body) as ReceiptBody;
  return {
    id: row.id,
    learnerId: row.learner_id,
    seq: row.seq,
    at: row.at,
    skill: row.skill,
    receipt: { ...body, signature: row.signature },
  };
}
