import type { ExplainQuestion } from '@edirae/labs';
import type { Selectable } from 'kysely';
import type { LabExplanationsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** Questions about a learner's own work. Their keys are in it: it never leaves the server as it is. */
export interface StoredExplanation {
  id: string;
  lab: string;
  submissionId: string;
  jobId: string;
  askedAt: number;
  /** Null: they are being made. */
  shownAt: number | null;
  endedAt: number | null;
  questions: ExplainQuestion[];
  /** Null: not answered. */
  answers: (string | null)[] | null;
  right: number | null;
  outcome: 'explained' | 'not-yet' | null;
}

export async function insertExplanation(
  db: Queries,
  learnerId: string,
  asked: Pick<StoredExplanation, 'id' | 'lab' | 'submissionId' | 'jobId' | 'askedAt'>,
): Promise<void> {
  const { id, lab, submissionId, jobId, askedAt } = asked;
  await db
    .insertInto('lab_explanations')
    .values({ id, learner_id: learnerId, lab, submission_id: submissionId, job_id: jobId, asked_at: askedAt })
    .execute();
}

export async function findExplanation(
  db: Queries,
  learnerId: string,
  id: string,
): Promise<StoredExplanation | undefined> {
  const row = await db
    .selectFrom('lab_explanations')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toExplanation(row);
}

/** Whose it is now. For the job that makes the questions. */
export async function findExplainer(
  db: Queries,
  id: string,
): Promise<{ learnerId: string; explanation: StoredExplanation } | undefined> {
  const row = await db.selectFrom('lab_explanations').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { learnerId: row.learner_id, explanation: toExplanation(row) };
}

/** A learner's, of one lab or of all, the latest first. */
export async function listExplanations(
  db: Queries,
  learnerId: string,
  lab?: string,
): Promise<StoredExplanation[]> {
  let query = db
    .selectFrom('lab_explanations')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc');
  if (lab !== undefined) query = query.where('lab', '=', lab);
  return (await query.execute()).map(toExplanation);
}

/** Keeps the questions as they are shown. False: they were before. */
export async function showExplanation(
  db: Queries,
  learnerId: string,
  shown: { id: string; shownAt: number; questions: readonly ExplainQuestion[] },
): Promise<boolean> {
  const updated = await db
    .updateTable('lab_explanations')
    .set({ shown_at: shown.shownAt, questions: JSON.stringify(shown.questions) })
    .where('learner_id', '=', learnerId)
    .where('id', '=', shown.id)
    .where('shown_at', 'is', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(updated.numUpdatedRows) > 0;
}

/** Keeps the answers, beside the verdict that may follow. */
export async function keepAnswers(
  db: Queries,
  learnerId: string,
  id: string,
  answers: readonly (string | null)[],
): Promise<void> {
  await db
    .updateTable('lab_explanations')
    .set({ answers: JSON.stringify(answers) })
    .where('learner_id', '=', learnerId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

export async function endExplanation(
  db: Queries,
  learnerId: string,
  end: { id: string; endedAt: number; right: number; outcome: 'explained' | 'not-yet' },
): Promise<void> {
  await db
    .updateTable('lab_explanations')
    .set({ ended_at: end.endedAt, right_answers: end.right, outcome: end.outcome })
    .where('learner_id', '=', learnerId)
    .where('id', '=', end.id)
    .where('ended_at', 'is', null)
    .execute();
}

function toExplanation(row: Selectable<LabExplanationsTable>): StoredExplanation {
  return {
    id: row.id,
    lab: row.lab,
    submissionId: row.submission_id,
    jobId: row.job_id,
    askedAt: row.asked_at,
    shownAt: row.shown_at,
    endedAt: row.ended_at,
    questions: row.questions === null ? [] : (JSON.parse(row.questions) as ExplainQuestion[]),
    answers: row.answers === null ? null : (JSON.parse(row.answers) as (string | null)[]),
    right: row.right_answers,
    outcome: row.outcome,
  };
}
