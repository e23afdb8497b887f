import { deleteUnusedMedia } from './cards/media.ts';
import type { Queries } from './transaction.ts';

const TABLES = [
  'mentor_events',
  'mentor_messages',
  'mentor_conversations',
  'mentor_choices',
  'ledger_events',
  'issues',
  'checks',
  'placements',
  'receipts',
  'disputes',
  'api_tokens',
  'jobs',
  'interviews',
  'lab_drafts',
  'lab_submissions',
  'lab_explanations',
  'quizzes',
  'notes',
  'resource_marks',
  'card_grades',
  'cards',
  'card_notes',
  'card_note_types',
  'card_decks',
  'card_media',
  'review_settings',
] as const;

/** Erases every row of a learner and of the guests it adopted, and gives the account that is left without one. */
export async function eraseLearner(db: Queries, learnerId: string): Promise<string | null> {
  // An update that changes nothing locks the row on both databases: an act under way ends first, none begins after.
  const lock = (id: string) => db.updateTable('learners').set({ id }).where('id', '=', id).execute();
  await lock(learnerId);
  const learner = await db
    .selectFrom('learners')
    .select('user_id')
    .where('id', '=', learnerId)
    .executeTakeFirst();
  const adopted = await db.selectFrom('learners').select('id').where('merged_into', '=', learnerId).execute();
  for (const id of [...adopted.map((row) => row.id), learnerId]) {
    await lock(id);
    for (const table of TABLES) await db.deleteFrom(table).where('learner_id', '=', id).execute();
    await db.deleteFrom('learners').where('id', '=', id).execute();
  }
  await deleteUnusedMedia(db);
  return learner?.user_id ?? null;
}
