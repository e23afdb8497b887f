import type { Insertable, Selectable } from 'kysely';
import type { CardNotesTable } from '../schema-cards.ts';
import type { Queries } from '../transaction.ts';

/** Rows per insert: twelve columns each, and SQLite takes at most 32,766 parameters. */
const ROWS_PER_INSERT = 500;
const NAMES = 500;

/** What cards are made from. */
export interface StoredNote {
  id: string;
  guid: string;
  noteTypeId: string | null;
  form: 'basic' | 'cloze' | 'imported';
  fields: string[];
  tags: string[];
  skill: string | null;
  source: string | null;
  /** Its words in lower case, without markup. */
  search: string;
  createdAt: number;
  changedAt: number;
}

/** How notes of one kind become cards, as another program defined it. */
export interface NoteType {
  name: string;
  cloze: boolean;
  fields: string[];
  templates: { name: string; front: string; back: string }[];
}

export async function insertNotes(
  db: Queries,
  learnerId: string,
  notes: readonly StoredNote[],
): Promise<void> {
  for (let i = 0; i < notes.length; i += ROWS_PER_INSERT)
    await db
      .insertInto('card_notes')
      .values(notes.slice(i, i + ROWS_PER_INSERT).map((note) => toRow(learnerId, note)))
      .execute();
}

export async function updateNote(db: Queries, learnerId: string, note: StoredNote): Promise<void> {
  const { id, learner_id: _own, created_at: _kept, ...set } = toRow(learnerId, note);
  await db
    .updateTable('card_notes')
    .set(set)
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .execute();
}

export async function findNotes(
  db: Queries,
  learnerId: string,
  by: 'id' | 'guid',
  names: readonly string[],
): Promise<StoredNote[]> {
  const found: StoredNote[] = [];
  for (let i = 0; i < names.length; i += NAMES) {
    const rows = await db
      .selectFrom('card_notes')
      .selectAll()
      .where('learner_id', '=', learnerId)
      .where(by, 'in', names.slice(i, i + NAMES))
      .execute();
    found.push(...rows.map(toNote));
  }
  return found;
}

export async function deleteNotes(db: Queries, learnerId: string, ids: readonly string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += NAMES)
    await db
      .deleteFrom('card_notes')
      .where('learner_id', '=', learnerId)
      .where('id', 'in', ids.slice(i, i + NAMES))
      .execute();
}

export async function listNoteTypes(db: Queries, learnerId: string): Promise<Map<string, NoteType>> {
  const rows = await db
    .selectFrom('card_note_types')
    .select(['id', 'body'])
    .where('learner_id', '=', learnerId)
    .execute();
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as NoteType]));
}

/** Note types by the SHA-256 of what they say. */
export async function listNoteTypeHashes(db: Queries, learnerId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('card_note_types')
    .select(['id', 'hash'])
    .where('learner_id', '=', learnerId)
    .execute();
  return new Map(rows.map(({ id, hash }) => [hash, id]));
}

export async function insertNoteType(
  db: Queries,
  learnerId: string,
  type: { id: string; hash: string; body: NoteType },
): Promise<void> {
  await db
    .insertInto('card_note_types')
    .values({ id: type.id, learner_id: learnerId, hash: type.hash, body: JSON.stringify(type.body) })
    .execute();
}

function toRow(learnerId: string, note: StoredNote): Insertable<CardNotesTable> {
  return {
    id: note.id,
    learner_id: learnerId,
    guid: note.guid,
    note_type_id: note.noteTypeId,
    form: note.form,
    fields: JSON.stringify(note.fields),
    tags: note.tags.length === 0 ? '' : ` ${note.tags.join(' ')} `,
    skill: note.skill,
    source: note.source,
    search: note.search,
    created_at: note.createdAt,
    changed_at: note.changedAt,
  };
}

export function toNote(row: Selectable<CardNotesTable>): StoredNote {
  return {
    id: row.id,
    guid: row.guid,
    noteTypeId: row.note_type_id,
    form: row.form,
    fields: JSON.parse(row.fields) as string[],
    tags: row.tags.split(' ').filter((tag) => tag !== ''),
    skill: row.skill,
    source: row.source,
    search: row.search,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
