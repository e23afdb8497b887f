import type { EventBodies } from '@edirae/engine';
import type { Selectable } from 'kysely';
import type { ChecksTable } from './schema.ts';
import type { Queries } from './transaction.ts';

export type CheckOutcome = EventBodies['check-ended']['outcome'];

/** One mastery check of one learner. */
export interface StoredCheck {
  id: string;
  learnerId: string;
  skill: string;
  startedAt: number;
  endedAt: number | null;
  outcome: CheckOutcome | null;
  /** Of its `check-ended` event. */
  seq: number | null;
}

/** Records that a check was opened. */
export async function insertCheck(
  db: Queries,
  learnerId: string,
  check: { id: string; skill: string; startedAt: number },
): Promise<void> {
  await db
    .insertInto('checks')
    .values({
      id: check.id,
      learner_id: learnerId,
      skill: check.skill,
      started_at: check.startedAt,
      ended_at: null,
      outcome: null,
      seq: null,
    })
    .execute();
}

/** Records how a check ended; a second end changes nothing and gives false. */
export async function endCheck(
  db: Queries,
  learnerId: string,
  end: { id: string; endedAt: number; outcome: CheckOutcome; seq: number },
): Promise<boolean> {
  const result = await db
    .updateTable('checks')
    .set({ ended_at: end.endedAt, outcome: end.outcome, seq: end.seq })
    .where('id', '=', end.id)
    .where('learner_id', '=', learnerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** One of the learner's checks. */
export async function findCheck(
  db: Queries,
  learnerId: string,
  checkId: string,
): Promise<StoredCheck | undefined> {
  const row = await db
    .selectFrom('checks')
    .selectAll()
    .where('id', '=', checkId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toCheck(row);
}

/** The learner's last ended checks of a skill, newest first. */
export async function listEndedChecks(
  db: Queries,
  learnerId: string,
  skill: string,
  limit: number,
): Promise<StoredCheck[]> {
  const rows = await db
    .selectFrom('checks')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('skill', '=', skill)
    .where('seq', 'is not', null)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toCheck);
}

function toCheck(row: Selectable<ChecksTable>): StoredCheck {
  return {
    id: row.id,
    learnerId: row.learner_id,
    skill: row.skill,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as CheckOutcome | null,
    seq: row.seq,
  };
}
