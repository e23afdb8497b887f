import { setTimeout as sleep } from 'node:timers/promises';
import type { School } from '../school.ts';
import { claimJob, LeaseLost } from '../store/jobs.ts';
import {
  buryJob,
  dropJob,
  finishJob,
  renewLease,
  retryJob,
  setJobProgress,
  type HeldJob,
} from '../store/running-jobs.ts';
import type { JobRow } from '../store/schema.ts';
import { transact } from '../store/transaction.ts';
import { backoffAfter, JobHopeless, LEASE_MS, type Job, type JobKind } from './job-kind.ts';

/** Why a job was told to stop. */
export type Stop = 'cancelled' | 'lost' | 'timeout' | 'shutdown';

/** Milliseconds that a job which was told to stop is waited for; after that it is left behind, unable to finish. */
const ABORT_GRACE_MS = 2_000;

/** Milliseconds between two writes of a job's progress. */
const PROGRESS_STEP_MS = 1_000;

/** Takes the next job of a kind and runs it to some end. Null: there is none. */
export async function runNextJob(
  school: School,
  kind: JobKind,
  started: (job: { stop(why: Stop): void }, ended: Promise<void>) => void,
): Promise<boolean> {
  const now = school.clock();
  const claim = { kind: kind.name, lease: school.newId(), now, leaseUntil: now + LEASE_MS };
  const row = await transact(school.db, (tx) => claimJob(tx, school.kind, claim));
  if (row === undefined) return false;
  const stopping = new AbortController();
  const ended = runClaimed(school, kind, row, claim.lease, stopping);
  started({ stop: (why) => stopping.abort(why) }, ended);
  await ended;
  return true;
}

async function runClaimed(
  school: School,
  kind: JobKind,
  row: JobRow,
  lease: string,
  stopping: AbortController,
): Promise<void> {
  const held: HeldJob = { id: row.id, lease };
  const { db } = school;
  if (row.cancel_asked_at !== null) return void (await dropJob(db, held, school.clock()));
  if (row.attempt > kind.attempts) {
    const problem = `It was started ${row.attempt - 1} times, and each time the process ended before the job did.`;
    return void (await buryJob(db, held, school.clock(), problem));
  }
  const keeping = keepLease(school, held, stopping);
  const timer = setTimeout(() => stopping.abort('timeout' satisfies Stop), kind.timeoutMs);
  try {
    await untilStopped(kind.run(school, toJob(school, kind, row, held, stopping.signal)), stopping.signal);
    await transact(db, (tx) => finishJob(tx, held, school.clock(), null));
  } catch (error) {
    // A job that ended itself is no longer held: nothing of this changes it.
    await settle(school, kind, row, held, stopping.signal, error);
  } finally {
    clearTimeout(timer);
    keeping.stop();
  }
}

function toJob(school: School, kind: JobKind, row: JobRow, held: HeldJob, signal: AbortSignal): Job<unknown> {
  const payload = kind.payload.safeParse(JSON.parse(row.payload));
  if (!payload.success) throw new JobHopeless(`The payload does not fit: ${payload.error.message}`);
  let written = 0;
  return {
    id: row.id,
    payload: payload.data,
    learnerId: row.learner_id,
    attempt: row.attempt,
    signal,
    report(progress) {
      if (Date.now() - written < PROGRESS_STEP_MS) return;
      written = Date.now();
      // Only news; the job does not depend on its having been told.
      setJobProgress(school.db, held, JSON.stringify(progress)).catch(() => undefined);
    },
    finish: (tx, result) =>
      finishJob(tx, held, school.clock(), result === undefined ? null : JSON.stringify(result)),
  };
}

/** Renews the lease while the job runs, and stops the job where it was cancelled or lost. */
function keepLease(school: School, held: HeldJob, stopping: AbortController): { stop(): void } {
  let renewed = Date.now();
  const timer = setInterval(async () => {
    try {
      const kept = await renewLease(school.db, held, school.clock() + LEASE_MS);
      if (kept === undefined) return stopping.abort('lost' satisfies Stop);
      renewed = Date.now();
      if (kept.cancelAsked) stopping.abort('cancelled' satisfies Stop);
    } catch {
      // The database cannot be reached: for as long as the lease holds, nobody else has the job.
      if (Date.now() - renewed > LEASE_MS) stopping.abort('lost' satisfies Stop);
    }
  }, LEASE_MS / 10);
  return { stop: () => clearInterval(timer) };
}

/** Waits for the work; once it was told to stop, not for long. */
async function untilStopped(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<never>((_resolve, reject) => {
    const giveUp = () =>
      void sleep(ABORT_GRACE_MS).then(() => reject(new Error('It did not stop when it was told to.')));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  await Promise.race([work, stopped]);
}

async function settle(
  school: School,
  kind: JobKind,
  row: JobRow,
  held: HeldJob,
  signal: AbortSignal,
  error: unknown,
): Promise<void> {
  const why = signal.aborted ? (signal.reason as Stop) : undefined;
  const now = school.clock();
  if (why === 'lost' || error instanceof LeaseLost) return;
  if (why === 'cancelled') return void (await dropJob(school.db, held, now));
  const problem =
    why === 'timeout' ? `It took longer than ${Math.round(kind.timeoutMs / 1000)} s.` : describe(error);
  if (why !== 'shutdown' && (error instanceof JobHopeless || row.attempt >= kind.attempts))
    return void (await buryJob(school.db, held, now, problem));
  // A start that this process broke off itself does not count.
  const retry =
    why === 'shutdown'
      ? { runAt: now, problem: row.problem, attempt: row.attempt - 1 }
      : { runAt: now + backoffAfter(kind, row.attempt, Math.random()), problem, attempt: row.attempt };
  await transact(school.db, async (tx) => {
    if (await retryJob(tx, held, retry))
      await school.delivery.announce(tx, { id: row.id, kind: kind.name, dueInMs: retry.runAt - now });
  });
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000);
}
