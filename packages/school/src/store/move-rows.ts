import { setMergedInto } from './learners.ts';
import { revokeTokensOf } from './tokens.ts';
import type { Queries } from './transaction.ts';

const TABLES = ['issues', 'checks', 'placements', 'receipts', 'disputes', 'jobs'] as const;

/** Gives everything of a guest but its chain to another learner, and closes the chain. */
export async function moveRows(db: Queries, guestId: string, learnerId: string): Promise<void> {
  for (const table of TABLES)
    await db.updateTable(table).set({ learner_id: learnerId }).where('learner_id', '=', guestId).execute();
  await revokeTokensOf(db, guestId);
  await setMergedInto(db, guestId, learnerId);
}
