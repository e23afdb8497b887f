import type { ExpressionBuilder } from 'kysely';
import type { DatabaseKind } from './database-kind.ts';
import type { JobRow, Schema } from './schema.ts';
import type { Queries } from './transaction.ts';

/** A job as it is put down. */
export interface NewJob {
  id: string;
  kind: string;
  learnerId: string | null;
  key: string | null;
  payload: string;
  runAt: number;
  now: number;
}

/** Somebody else runs this job now, or it has ended: what was about to be written is void. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(jobId: string) {
    super(`The job ${jobId} is no longer this process's to finish.`);
  }
}

const LIVE = ['queued', 'running'] as const;

/** Puts a job down at the end of its learner's line. False: there is one with this key already. */
export async function insertJob(db: Queries, job: NewJob): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('jobs')
    .values({
      id: job.id,
      kind: job.kind,
      learner_id: job.learnerId,
      key: job.key,
      payload: job.payload,
      state: 'queued',
      turn: await nextTurn(db, job.kind, job.learnerId),
      run_at: job.runAt,
      created_at: job.now,
      attempt: 0,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/**
 * The round of a learner's next job: after the learner's own last one, and not before the round that is being
 * served, so that nobody gains by having waited (start-time fair queuing).
 */
async function nextTurn(db: Queries, kind: string, learnerId: string | null): Promise<number> {
  const jobs = db.selectFrom('jobs').where('kind', '=', kind);
  const own = await jobs
    .select(({ fn }) => fn.max('turn').as('turn'))
    .where('state', 'in', LIVE)
    .where('learner_id', learnerId === null ? 'is' : '=', learnerId)
    .executeTakeFirstOrThrow();
  const served = await jobs
    .select(({ fn }) => fn.max('turn').as('turn'))
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow();
  const waiting = await jobs
    .select(({ fn }) => fn.min('turn').as('turn'))
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow();
  const now = toTurn(served.turn) ?? toTurn(waiting.turn) ?? 0;
  return Math.max(now, (toTurn(own.turn) ?? now - 1) + 1);
}

function toTurn(turn: number | string | bigint | null): number | undefined {
  return turn === null ? undefined : Number(turn);
}

/** The job of that id. */
export async function findJob(db: Queries, id: string): Promise<JobRow | undefined> {
  return db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The job of a kind that has this key. */
export async function findJobByKey(db: Queries, kind: string, key: string): Promise<JobRow | undefined> {
  return db.selectFrom('jobs').selectAll().where('kind', '=', kind).where('key', '=', key).executeTakeFirst();
}

/** How many jobs of a kind wait or run, counted to `limit`; of one learner, or of all. */
export async function countLiveJobs(
  db: Queries,
  kind: string,
  limit: number,
  learnerId?: string | null,
): Promise<number> {
  let query = db
    .selectFrom('jobs')
    .select('id')
    .where('kind', '=', kind)
    .where('state', 'in', LIVE)
    .limit(limit);
  if (learnerId !== undefined) query = query.where('learner_id', learnerId === null ? 'is' : '=', learnerId);
  return (await query.execute()).length;
}

/** How many jobs of its kind are served before this one. */
export async function countJobsBefore(db: Queries, job: JobRow): Promise<number> {
  const { n } = await db
    .selectFrom('jobs')
    .select(({ fn }) => fn.countAll().as('n'))
    .where('kind', '=', job.kind)
    .where('state', '=', 'queued')
    .where((eb) =>
      eb.or([
        eb('turn', '<', job.turn),
        eb.and([eb('turn', '=', job.turn), eb('created_at', '<', job.created_at)]),
        eb.and([eb('turn', '=', job.turn), eb('created_at', '=', job.created_at), eb('id', '<', job.id)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Due and waiting, or left behind by a process whose lease has run out. */
const isRunnable = (now: number) => (eb: ExpressionBuilder<Schema, 'jobs'>) =>
  eb.or([
    eb.and([eb('state', '=', 'queued'), eb('run_at', '<=', now)]),
    eb.and([eb('state', '=', 'running'), eb('lease_until', '<', now)]),
  ]);

/**
 * Takes the next job of a kind for whoever holds `lease`. Inside a transaction; on PostgreSQL rows that another
 * process is taking are passed over.
 */
export async function claimJob(
  db: Queries,
  databaseKind: DatabaseKind,
  claim: { kind: string; lease: string; now: number; leaseUntil: number },
): Promise<JobRow | undefined> {
  let query = db
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', claim.kind)
    .where(isRunnable(claim.now))
    .orderBy('turn')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1);
  if (databaseKind === 'postgres') query = query.forUpdate().skipLocked();
  const next = await query.executeTakeFirst();
  if (next === undefined) return undefined;
  return db
    .updateTable('jobs')
    .set({
      state: 'running',
      attempt: next.attempt + 1,
      lease: claim.lease,
      lease_until: claim.leaseUntil,
      started_at: claim.now,
    })
    .where('id', '=', next.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Jobs of these kinds that nobody runs although they have been due since before `due`. */
export async function listOverdueJobs(
  db: Queries,
  kinds: readonly string[],
  due: number,
  limit: number,
): Promise<JobRow[]> {
  if (kinds.length === 0) return [];
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('kind', 'in', kinds)
    .where(isRunnable(due))
    .orderBy('turn')
    .limit(limit)
    .execute();
}
