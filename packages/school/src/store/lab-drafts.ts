import type { Selectable } from 'kysely';
import type { LabDraftsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** Texts by path. */
export type LabFiles = Readonly<Record<string, string>>;

export type LabLanguage = 'py' | 'ts';

/** One version of a learner's work on a lab, as it was saved. */
export interface StoredDraft {
  id: string;
  lab: string;
  language: LabLanguage;
  version: number;
  begunAt: number;
  savedAt: number;
  device: string | null;
  setAside: boolean;
  bytes: number;
  files: LabFiles;
}

/** Writes a version: a new row, or over the row of that id. */
export async function putDraft(db: Queries, learnerId: string, draft: StoredDraft): Promise<void> {
  const values = {
    version: draft.version,
    saved_at: draft.savedAt,
    device: draft.device,
    set_aside: draft.setAside ? 1 : 0,
    bytes: draft.bytes,
    files: JSON.stringify(draft.files),
  };
  const updated = await db
    .updateTable('lab_drafts')
    .set(values)
    .where('id', '=', draft.id)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (Number(updated.numUpdatedRows) > 0) return;
  const { id, lab, language, begunAt } = draft;
  await db
    .insertInto('lab_drafts')
    .values({ id, learner_id: learnerId, lab, language, begun_at: begunAt, ...values })
    .execute();
}

/** A learner's versions of a lab in one language, the newest first; without their files. */
export async function listDrafts(
  db: Queries,
  learnerId: string,
  lab: string,
  language: LabLanguage,
): Promise<Omit<StoredDraft, 'files'>[]> {
  const rows = await db
    .selectFrom('lab_drafts')
    .select(['id', 'lab', 'language', 'version', 'begun_at', 'saved_at', 'device', 'set_aside', 'bytes'])
    .where('learner_id', '=', learnerId)
    .where('lab', '=', lab)
    .where('language', '=', language)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(toHead);
}

/** One version with its files. */
export async function findDraft(
  db: Queries,
  learnerId: string,
  lab: string,
  language: LabLanguage,
  version: number,
): Promise<StoredDraft | undefined> {
  const row = await db
    .selectFrom('lab_drafts')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('lab', '=', lab)
    .where('language', '=', language)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { ...toHead(row), files: JSON.parse(row.files) as LabFiles };
}

/** When the learner last saved each lab, and in which language; the latest first. */
export async function listDraftedLabs(
  db: Queries,
  learnerId: string,
): Promise<{ lab: string; language: LabLanguage; savedAt: number }[]> {
  const rows = await db
    .selectFrom('lab_drafts')
    .select(({ fn }) => ['lab', 'language', fn.max('saved_at').as('saved_at')])
    .where('learner_id', '=', learnerId)
    .groupBy(['lab', 'language'])
    .execute();
  return rows
    .map(({ lab, language, saved_at }) => ({ lab, language, savedAt: Number(saved_at) }))
    .sort((a, b) => b.savedAt - a.savedAt);
}

/** Every version of every lab, for an export. */
export async function listAllDrafts(db: Queries, learnerId: string): Promise<StoredDraft[]> {
  const rows = await db
    .selectFrom('lab_drafts')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('lab')
    .orderBy('language')
    .orderBy('version')
    .execute();
  return rows.map((row) => ({ ...toHead(row), files: JSON.parse(row.files) as LabFiles }));
}

/** Versions that lost a conflict were looked at: from now on they are history. */
export async function settleDrafts(
  db: Queries,
  learnerId: string,
  lab: string,
  language: LabLanguage,
): Promise<void> {
  await db
    .updateTable('lab_drafts')
    .set({ set_aside: 0 })
    .where('learner_id', '=', learnerId)
    .where('lab', '=', lab)
    .where('language', '=', language)
    .execute();
}

export async function deleteDrafts(db: Queries, learnerId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('lab_drafts').where('learner_id', '=', learnerId).where('id', 'in', ids).execute();
}

/** A guest's versions follow the account's own: the work done last is on top, nothing is written over. */
export async function moveLabDrafts(db: Queries, guestId: string, learnerId: string): Promise<void> {
  const rows = await db
    .selectFrom('lab_drafts')
    .select(['id', 'lab', 'language', 'version'])
    .where('learner_id', '=', guestId)
    .execute();
  for (const { lab, language } of new Map(rows.map((row) => [`${row.lab}/${row.language}`, row])).values()) {
    const [last] = await listDrafts(db, learnerId, lab, language);
    for (const row of rows.filter((each) => each.lab === lab && each.language === language))
      await db
        .updateTable('lab_drafts')
        .set({ learner_id: learnerId, version: row.version + (last?.version ?? 0) })
        .where('id', '=', row.id)
        .execute();
  }
}

function toHead(row: Omit<Selectable<LabDraftsTable>, 'files' | 'learner_id'>): Omit<StoredDraft, 'files'> {
  return {
    id: row.id,
    lab: row.lab,
    language: row.language,
    version: row.version,
    begunAt: row.begun_at,
    savedAt: row.saved_at,
    device: row.device,
    setAside: row.set_aside === 1,
    bytes: row.bytes,
  };
}
