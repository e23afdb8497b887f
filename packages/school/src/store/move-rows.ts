import { moveLabDrafts } from './lab-drafts.ts';
import { moveSubmissions } from './lab-submissions.ts';
import { moveCards } from './cards/move-cards.ts';
import { moveResourceMarks } from './resource-marks.ts';
import { setMergedInto } from './learners.ts';
import { revokeTokensOf } from './tokens.ts';
import type { Queries } from './transaction.ts';

const TABLES = [
  'issues',
  'checks',
  'placements',
  'receipts',
  'disputes',
  'jobs',
  'interviews',
  'lab_explanations',
  'quizzes',
  'notes',
  'mentor_conversations',
  'mentor_messages',
  'mentor_events',
] as const;

/** Gives everything of a guest but its chain to another learner, and closes the chain. */
export async function moveRows(db: Queries, guestId: string, learnerId: string): Promise<void> {
  for (const table of TABLES)
    await db.updateTable(table).set({ learner_id: learnerId }).where('learner_id', '=', guestId).execute();
  await moveLabDrafts(db, guestId, learnerId);
  await moveSubmissions(db, guestId, learnerId);
  await moveCards(db, guestId, learnerId);
  await moveResourceMarks(db, guestId, learnerId);
  await moveChoice(db, guestId, learnerId);
  await revokeTokensOf(db, guestId);
  await setMergedInto(db, guestId, learnerId);
}

/** Who answers: the account's own choice stays where it has one, the guest's is taken over where not. */
async function moveChoice(db: Queries, guestId: string, learnerId: string): Promise<void> {
  const own = await db
    .selectFrom('mentor_choices')
    .select('learner_id')
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (own) await db.deleteFrom('mentor_choices').where('learner_id', '=', guestId).execute();
  else
    await db
      .updateTable('mentor_choices')
      .set({ learner_id: learnerId })
      .where('learner_id', '=', guestId)
      .execute();
}
