import type { Selectable } from 'kysely';
import type { NotesTable } from './schema-library.ts';
import type { Queries } from './transaction.ts';

/** A learner's note on a lesson, or on a passage of it. */
export interface StoredLessonNote {
  id: string;
  skill: string;
  /** Id of a heading of the lesson; null for the opening. */
  place: string | null;
  /** The passage it stands on, as it read then; empty for the whole section. */
  quote: string;
  /** Markdown; empty: a bookmark. */
  body: string;
  madeAt: number;
  changedAt: number;
  /** Counts up with every change, so that two tabs notice each other. */
  revision: number;
}

/** Writes a new note, or a changed one over the old. */
export async function putLessonNote(db: Queries, learnerId: string, note: StoredLessonNote): Promise<void> {
  const changing = { body: note.body, changed_at: note.changedAt, revision: note.revision };
  const updated = await db
    .updateTable('notes')
    .set(changing)
    .where('id', '=', note.id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (Number(updated.numUpdatedRows) > 0) return;
  await db
    .insertInto('notes')
    .values({
      id: note.id,
      learner_id: learnerId,
      skill: note.skill,
      place: note.place,
      quote: note.quote,
      made_at: note.madeAt,
      ...changing,
    })
    .execute();
}

export async function findLessonNote(
  db: Queries,
  learnerId: string,
  id: string,
): Promise<StoredLessonNote | undefined> {
  const row = await db
    .selectFrom('notes')
    .selectAll()
    .where('id', '=', id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toNote(row);
}

/** The learner's notes, on one skill or on all, the latest changed first. */
export async function listLessonNotes(
  db: Queries,
  learnerId: string,
  skill?: string,
): Promise<StoredLessonNote[]> {
  let query = db
    .selectFrom('notes')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('changed_at', 'desc')
    .orderBy('id');
  if (skill !== undefined) query = query.where('skill', '=', skill);
  return (await query.execute()).map(toNote);
}

export async function countLessonNotes(db: Queries, learnerId: string): Promise<number> {
  const { n } = await db
    .selectFrom('notes')
    .select((select) => select.fn.countAll().as('n'))
    .where('learner_id', '=', learnerId)
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function deleteLessonNote(db: Queries, learnerId: string, id: string): Promise<void> {
  await db.deleteFrom('notes').where('id', '=', id).where('learner_id', '=', learnerId).execute();
}

function toNote(row: Selectable<NotesTable>): StoredLessonNote {
  return {
    id: row.id,
    skill: row.skill,
    place: row.place,
    quote: row.quote,
    body: row.body,
    madeAt: row.made_at,
    changedAt: row.changed_at,
    revision: row.revision,
  };
}
