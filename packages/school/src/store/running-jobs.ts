import type { JobRow } from './schema.ts';
import { LeaseLost } from './jobs.ts';
import type { Queries } from './transaction.ts';

/** A job that this process runs. */
export interface HeldJob {
  id: string;
  lease: string;
}

const ENDED = { lease: null, lease_until: null } as const;

/** Keeps a job for longer. Undefined: it is not ours any more. */
export async function renewLease(
  db: Queries,
  job: HeldJob,
  until: number,
): Promise<{ cancelAsked: boolean } | undefined> {
  const row = await db
    .updateTable('jobs')
    .set({ lease_until: until })
    .where('id', '=', job.id)
    .where('lease', '=', job.lease)
    .where('state', '=', 'running')
    .returning('cancel_asked_at')
    .executeTakeFirst();
  return row && { cancelAsked: row.cancel_asked_at !== null };
}

/** Says how far a job is, to whoever waits for it. */
export async function setJobProgress(db: Queries, job: HeldJob, progress: string): Promise<void> {
  await held(db, job, { progress });
}

/**
 * Ends a job as done, in the transaction that holds its effect: both are kept, or neither.
 * @throws LeaseLost where another process runs it now
 */
export async function finishJob(
  db: Queries,
  job: HeldJob,
  now: number,
  result: string | null,
): Promise<void> {
  if (!(await held(db, job, { ...ENDED, state: 'done', ended_at: now, result, problem: null })))
    throw new LeaseLost(job.id);
}

/** Puts a job back into its line, to be tried at `runAt`. */
export async function retryJob(
  db: Queries,
  job: HeldJob,
  retry: { runAt: number; problem: string | null; attempt: number },
): Promise<boolean> {
  const { runAt, problem, attempt } = retry;
  return held(db, job, { ...ENDED, state: 'queued', run_at: runAt, attempt, problem });
}

/** Gives a job up: it is kept among the dead until an operator looks at it. */
export async function buryJob(db: Queries, job: HeldJob, now: number, problem: string): Promise<boolean> {
  return held(db, job, { ...ENDED, state: 'dead', ended_at: now, problem });
}

/** Ends a running job that was asked to stop. */
export async function dropJob(db: Queries, job: HeldJob, now: number): Promise<boolean> {
  return held(db, job, { ...ENDED, state: 'cancelled', ended_at: now });
}

/** Cancels a waiting job, or asks the process that runs it to stop. */
export async function askToCancel(
  db: Queries,
  jobId: string,
  now: number,
): Promise<'cancelled' | 'asked' | 'ended'> {
  const waiting = await db
    .updateTable('jobs')
    .set({ ...ENDED, state: 'cancelled', ended_at: now, cancel_asked_at: now })
    .where('id', '=', jobId)
    .where('state', '=', 'queued')
    .returning('id')
    .executeTakeFirst();
  if (waiting) return 'cancelled';
  const running = await db
    .updateTable('jobs')
    .set({ cancel_asked_at: now })
    .where('id', '=', jobId)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return running ? 'asked' : 'ended';
}

/** Lets a dead or cancelled job begin again. */
export async function reviveJob(db: Queries, jobId: string, now: number): Promise<JobRow | undefined> {
  return db
    .updateTable('jobs')
    .set({ ...ENDED, state: 'queued', run_at: now, attempt: 0, ended_at: null, cancel_asked_at: null })
    .where('id', '=', jobId)
    .where('state', 'in', ['dead', 'cancelled'])
    .returningAll()
    .executeTakeFirst();
}

/** Changes a job as long as it is this process's. */
async function held(db: Queries, job: HeldJob, change: Partial<JobRow>): Promise<boolean> {
  const row = await db
    .updateTable('jobs')
    .set(change)
    .where('id', '=', job.id)
    .where('lease', '=', job.lease)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
