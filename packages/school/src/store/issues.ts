import type { Variant } from '@edirae/curriculum';
import type { IssueFacts } from '@edirae/engine';
import type { Selectable } from 'kysely';
import type { VerdictRecord } from '../present/verdict-view.ts';
import type { IssuesTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** One variant shown to one learner, with what became of it. The ledger is the truth; this row is for finding it. */
export interface StoredIssue {
  id: string;
  learnerId: string;
  facts: IssueFacts;
  /** The variant with its key, exactly as it was shown: a later edit of the content changes nothing about it. */
  variant: Variant;
  issuedAt: number;
  status: 'open' | 'answered' | 'voided';
  answeredAt: number | null;
  /** Of its `attempt` event. */
  attemptSeq: number | null;
  /** What the learner was told, as the use case gave it. */
  verdict: VerdictRecord | null;
}

/** Records that an item was shown. */
export async function insertIssue(
  db: Queries,
  learnerId: string,
  issue: { facts: IssueFacts; variant: Variant; issuedAt: number },
): Promise<void> {
  const { facts } = issue;
  await db
    .insertInto('issues')
    .values({
      id: facts.issueId,
      learner_id: learnerId,
      place: facts.place,
      session_id: facts.sessionId,
      skill: facts.skill,
      family: facts.family,
      variant: facts.variant,
      fingerprint: facts.fingerprint,
      facts: JSON.stringify(facts),
      shown: JSON.stringify(issue.variant),
      issued_at: issue.issuedAt,
      status: 'open',
      answered_at: null,
      attempt_seq: null,
      verdict: null,
    })
    .execute();
}

/** One of the learner's issues. */
export async function findIssue(
  db: Queries,
  learnerId: string,
  issueId: string,
): Promise<StoredIssue | undefined> {
  const row = await db
    .selectFrom('issues')
    .selectAll()
    .where('id', '=', issueId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toIssue(row);
}

/** Marks an issue as answered and says whether this was its first answer. */
export async function answerIssue(
  db: Queries,
  learnerId: string,
  answer: { id: string; answeredAt: number; attemptSeq: number; verdict: VerdictRecord },
): Promise<boolean> {
  const result = await db
    .updateTable('issues')
    .set({
      status: 'answered',
      answered_at: answer.answeredAt,
      attempt_seq: answer.attemptSeq,
      verdict: JSON.stringify(answer.verdict),
    })
    .where('id', '=', answer.id)
    .where('learner_id', '=', learnerId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Voids an open issue and says whether it was open. */
export async function voidIssue(db: Queries, learnerId: string, issueId: string): Promise<boolean> {
  const result = await db
    .updateTable('issues')
    .set({ status: 'voided' })
    .where('id', '=', issueId)
    .where('learner_id', '=', learnerId)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The issues of one check or placement, in the order shown. */
export async function listIssuesOfSession(
  db: Queries,
  learnerId: string,
  sessionId: string,
): Promise<StoredIssue[]> {
  const rows = await db
    .selectFrom('issues')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('learner_id', '=', learnerId)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
  return rows.map(toIssue);
}

/** The learner's unanswered issues. */
export async function listOpenIssues(db: Queries, learnerId: string): Promise<StoredIssue[]> {
  const rows = await db
    .selectFrom('issues')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('status', '=', 'open')
    .orderBy('issued_at')
    .execute();
  return rows.map(toIssue);
}

/** Learners who were shown a family, or one variant of it. */
export async function listLearnersIssued(
  db: Queries,
  family: string,
  variant: string | null,
): Promise<string[]> {
  let query = db
    .selectFrom('issues')
    .select('learner_id')
    .distinct()
    .where('family', '=', family)
    .orderBy('learner_id');
  if (variant !== null) query = query.where('variant', '=', variant);
  return (await query.execute()).map((row) => row.learner_id);
}

function toIssue(row: Selectable<IssuesTable>): StoredIssue {
  return {
    id: row.id,
    learnerId: row.learner_id,
    facts: JSON.parse(row.facts) as IssueFacts,
    variant: JSON.parse(row.shown) as Variant,
    issuedAt: row.issued_at,
    status: row.status,
    answeredAt: row.answered_at,
    attemptSeq: row.attempt_seq,
    verdict: row.verdict === null ? null : (JSON.parse(row.verdict) as VerdictRecord),
  };
}
