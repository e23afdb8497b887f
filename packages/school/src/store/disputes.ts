import type { Selectable } from 'kysely';
import type { DisputesTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** A learner's objection to an item. */
export interface StoredDispute {
  id: string;
  learnerId: string;
  issueId: string;
  family: string;
  variant: string;
  text: string;
  at: number;
  status: 'open' | 'upheld' | 'declined';
}

/** Records a dispute. */
export async function insertDispute(
  db: Queries,
  learnerId: string,
  dispute: { id: string; issueId: string; family: string; variant: string; text: string; at: number },
): Promise<void> {
  const { id, issueId, family, variant, text, at } = dispute;
  await db
    .insertInto('disputes')
    // PostgreSQL's text holds no NUL.
    .values({
      id,
      learner_id: learnerId,
      issue_id: issueId,
      family,
      variant,
      text: text.replaceAll('\0', ''),
      at,
      status: 'open',
    })
    .execute();
}

/** The learner's disputes in order. */
export async function listDisputes(db: Queries, learnerId: string): Promise<StoredDispute[]> {
  const rows = await db
    .selectFrom('disputes')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(toDispute);
}

function toDispute(row: Selectable<DisputesTable>): StoredDispute {
  const { id, family, variant, text, at, status } = row;
  return { id, learnerId: row.learner_id, issueId: row.issue_id, family, variant, text, at, status };
}

/** When the dispute that waits longest was raised; null where none is open. */
export async function findOldestOpenDispute(db: Queries): Promise<number | null> {
  const row = await db
    .selectFrom('disputes')
    .select(({ fn }) => fn.min('at').as('at'))
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** How many disputes there are over everybody, by what became of them. */
export async function countDisputes(
  db: Queries,
): Promise<{ raised: number; open: number; upheld: number; declined: number }> {
  const rows = await db
    .selectFrom('disputes')
    .select((select) => ['status', select.fn.countAll().as('n')])
    .groupBy('status')
    .execute();
  const of = (status: string) => Number(rows.find((row) => row.status === status)?.n ?? 0);
  const counted = { open: of('open'), upheld: of('upheld'), declined: of('declined') };
  return { raised: counted.open + counted.upheld + counted.declined, ...counted };
}
