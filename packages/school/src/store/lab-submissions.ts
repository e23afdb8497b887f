import type { Selectable } from 'kysely';
import type { Result } from '@edirae/labs';
import type { LabFiles, LabLanguage } from './lab-drafts.ts';
import type { LabSubmissionsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** What was handed in, or run with the visible tests only. */
export interface StoredSubmission {
  id: string;
  lab: string;
  kind: 'submission' | 'run';
  /** 1, 2, … of the learner's submissions to the lab; null for a run. */
  number: number | null;
  language: LabLanguage;
  entry: string;
  files: LabFiles;
  digest: string;
  seed: number;
  jobId: string;
  submittedAt: number;
  cancelledAt: number | null;
  endedAt: number | null;
  /** What its author may see. */
  result: Result | null;
  /** Of its `lab-graded` event. */
  seq: number | null;
}

export type SubmissionHead = Pick<
  StoredSubmission,
  'id' | 'digest' | 'entry' | 'jobId' | 'endedAt' | 'cancelledAt'
>;

export async function insertSubmission(
  db: Queries,
  learnerId: string,
  submission: Omit<StoredSubmission, 'cancelledAt' | 'endedAt' | 'result' | 'seq'>,
): Promise<void> {
  const { id, lab, kind, number, language, entry, files, digest, seed, jobId, submittedAt } = submission;
  await db
    .insertInto('lab_submissions')
    .values({
      id,
      learner_id: learnerId,
      lab,
      kind,
      number,
      language,
      entry,
      files: JSON.stringify(files),
      digest,
      seed,
      job_id: jobId,
      submitted_at: submittedAt,
    })
    .execute();
}

export async function findSubmission(
  db: Queries,
  learnerId: string,
  id: string,
): Promise<StoredSubmission | undefined> {
  const row = await db
    .selectFrom('lab_submissions')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toSubmission(row);
}

/** Whose a submission is now: a guest's becomes an account's. For the job that grades it. */
export async function findAuthor(
  db: Queries,
  id: string,
): Promise<{ learnerId: string; submission: StoredSubmission } | undefined> {
  const row = await db.selectFrom('lab_submissions').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { learnerId: row.learner_id, submission: toSubmission(row) };
}

/** A learner's submissions and runs, of one lab or of all, the latest first. */
export async function listSubmissions(
  db: Queries,
  learnerId: string,
  filter: { lab?: string; kind?: 'submission' | 'run'; limit?: number } = {},
): Promise<StoredSubmission[]> {
  let query = db
    .selectFrom('lab_submissions')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('submitted_at', 'desc')
    .orderBy('number', 'desc')
    .orderBy('id', 'desc');
  if (filter.lab !== undefined) query = query.where('lab', '=', filter.lab);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.execute()).map(toSubmission);
}

/** What tells a learner's submissions to a lab apart, the latest first; without files and results. */
export async function listSubmissionHeads(
  db: Queries,
  learnerId: string,
  lab: string,
  kind: StoredSubmission['kind'],
): Promise<SubmissionHead[]> {
  const rows = await db
    .selectFrom('lab_submissions')
    .select(['id', 'digest', 'entry', 'job_id', 'ended_at', 'cancelled_at'])
    .where('learner_id', '=', learnerId)
    .where('lab', '=', lab)
    .where('kind', '=', kind)
    .orderBy('submitted_at', 'desc')
    .orderBy('number', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    digest: row.digest,
    entry: row.entry,
    jobId: row.job_id,
    endedAt: row.ended_at,
    cancelledAt: row.cancelled_at,
  }));
}

/** A learner's last submission to each lab. */
export async function listLastSubmissions(db: Queries, learnerId: string): Promise<StoredSubmission[]> {
  const last = await db
    .selectFrom('lab_submissions')
    .select(({ fn }) => ['lab', fn.max('number').as('number')])
    .where('learner_id', '=', learnerId)
    .where('kind', '=', 'submission')
    .groupBy('lab')
    .execute();
  if (last.length === 0) return [];
  const rows = await db
    .selectFrom('lab_submissions')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where((eb) =>
      eb.or(last.map(({ lab, number }) => eb.and([eb('lab', '=', lab), eb('number', '=', Number(number))]))),
    )
    .execute();
  return rows.map(toSubmission);
}

/** The number of the learner's next submission to a lab. */
export async function nextSubmissionNumber(db: Queries, learnerId: string, lab: string): Promise<number> {
  const { last } = await db
    .selectFrom('lab_submissions')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('learner_id', '=', learnerId)
    .where('lab', '=', lab)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

/** Keeps a result. False: it was cancelled, or there is one already. */
export async function endSubmission(
  db: Queries,
  learnerId: string,
  end: { id: string; endedAt: number; result: Result; seq: number | null },
): Promise<boolean> {
  const updated = await db
    .updateTable('lab_submissions')
    .set({ ended_at: end.endedAt, result: JSON.stringify(end.result), seq: end.seq })
    .where('learner_id', '=', learnerId)
    .where('id', '=', end.id)
    .where('ended_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst();
  return Number(updated.numUpdatedRows) > 0;
}

/** Cancels what has no result yet. False: it has one. */
export async function markCancelled(
  db: Queries,
  learnerId: string,
  id: string,
  at: number,
): Promise<boolean> {
  const updated = await db
    .updateTable('lab_submissions')
    .set({ cancelled_at: at })
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(updated.numUpdatedRows) > 0;
}

export async function deleteSubmissions(
  db: Queries,
  learnerId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('lab_submissions').where('learner_id', '=', learnerId).where('id', 'in', ids).execute();
}

/** A guest's submissions are numbered on from the account's own. */
export async function moveSubmissions(db: Queries, guestId: string, learnerId: string): Promise<void> {
  const rows = await db
    .selectFrom('lab_submissions')
    .select(['id', 'lab', 'number'])
    .where('learner_id', '=', guestId)
    .execute();
  const next = new Map<string, number>();
  for (const { lab } of rows)
    if (!next.has(lab)) next.set(lab, await nextSubmissionNumber(db, learnerId, lab));
  for (const { id, lab, number } of rows)
    await db
      .updateTable('lab_submissions')
      .set({ learner_id: learnerId, number: number === null ? null : number + (next.get(lab) ?? 1) - 1 })
      .where('id', '=', id)
      .execute();
}

function toSubmission(row: Selectable<LabSubmissionsTable>): StoredSubmission {
  return {
    id: row.id,
    lab: row.lab,
    kind: row.kind,
    number: row.number,
    language: row.language,
    entry: row.entry,
    files: JSON.parse(row.files) as LabFiles,
    digest: row.digest,
    seed: row.seed,
    jobId: row.job_id,
    submittedAt: row.submitted_at,
    cancelledAt: row.cancelled_at,
    endedAt: row.ended_at,
    result: row.result === null ? null : (JSON.parse(row.result) as Result),
    seq: row.seq,
  };
}
