import type { LearnerRow } from './schema.ts';
import type { Queries } from './transaction.ts';

/** No learner has this id, or its progress has moved to another. */
export class LearnerNotFound extends Error {
  override readonly name = 'LearnerNotFound';
  readonly learnerId: string;

  constructor(learnerId: string) {
    super(`No learner has the id ${learnerId}.`);
    this.learnerId = learnerId;
  }
}

/** Who a learner is, without what they did. */
export interface Learner {
  id: string;
  userId: string | null;
  createdAt: number;
  /** Set on a guest whose progress was adopted by another learner. */
  mergedInto: string | null;
}

/** Who they are is asked with every request; the copy of their state in the same row is large. */
const COLUMNS = ['id', 'user_id', 'created_at', 'merged_into'] as const;

/** The learner of an account, if it has one. */
export async function findLearnerOfUser(db: Queries, userId: string): Promise<Learner | undefined> {
  const row = await db
    .selectFrom('learners')
    .select(COLUMNS)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && toLearner(row);
}

/** The learner of that id, merged or not. */
export async function findLearner(db: Queries, learnerId: string): Promise<Learner | undefined> {
  const row = await db.selectFrom('learners').select(COLUMNS).where('id', '=', learnerId).executeTakeFirst();
  return row && toLearner(row);
}

/** Ids after `after`, in order: for walking over everybody without holding them all. */
export async function listLearnerIds(db: Queries, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('learners')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** How many learners there are and how many events their ledgers hold. */
export async function countLearners(db: Queries): Promise<{ learners: number; events: number }> {
  const row = await db
    .selectFrom('learners')
    .select(({ fn }) => [fn.countAll().as('learners'), fn.sum('head_seq').as('events')])
    .executeTakeFirst();
  return { learners: Number(row?.learners ?? 0), events: Number(row?.events ?? 0) };
}

/** Gives a learner to an account, or takes it away. */
export async function setLearnerUser(db: Queries, learnerId: string, userId: string | null): Promise<void> {
  await db.updateTable('learners').set({ user_id: userId }).where('id', '=', learnerId).execute();
}

/** Closes a guest's chain after its events were adopted: it stays readable and takes no more. */
export async function setMergedInto(db: Queries, guestId: string, learnerId: string): Promise<void> {
  await db.updateTable('learners').set({ merged_into: learnerId }).where('id', '=', guestId).execute();
}

function toLearner(row: Pick<LearnerRow, (typeof COLUMNS)[number]>): Learner {
  return { id: row.id, userId: row.user_id, createdAt: row.created_at, mergedInto: row.merged_into };
}
