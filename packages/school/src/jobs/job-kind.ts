import type { z } from 'zod';
import type { Config } from '../config.ts';
import type { School } from '../school.ts';
import type { Queries } from '../store/transaction.ts';

/** How far a job is. */
export interface JobProgress {
  done: number;
  /** Null: not known yet. */
  total: number | null;
  /** A few plain words for whoever waits. */
  note?: string | undefined;
}

/** One job while it runs. */
export interface Job<P> {
  /** Stays the same in every attempt: what goes outside (a mail, a file) carries it, so that a second one is recognised. */
  readonly id: string;
  readonly payload: P;
  /** Null: the installation's own. */
  readonly learnerId: string | null;
  /** 1 for the first. */
  readonly attempt: number;
  /** Fires when the job was cancelled, took too long, was lost to another process, or this process ends. */
  readonly signal: AbortSignal;
  /** Tells whoever waits; cheap to call often. */
  report(progress: JobProgress): void;
  /**
   * Ends the job inside the transaction that holds its effect, so that a job that is run twice has its effect once.
   * @throws LeaseLost where another process has the job by now; the transaction is rolled back with it
   */
  finish(tx: Queries, result?: unknown): Promise<void>;
}

/** Work of one sort: what it is given, how it is done, how much of it is taken on. */
export interface JobKind<P = unknown> {
  /** Kebab-case, permanent: rows of earlier versions name it. */
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /** Whether a process of this configuration can do it; without this, every one can. */
  canRun?(config: Config): boolean;
  /** At once in one process. */
  readonly concurrency: number;
  /** Waiting and running jobs above which another is refused: of all together, and of one learner. */
  readonly limits: { all: number; each: number };
  /** Starts before it is given up, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second start; they double with each, to an hour at most. */
  readonly backoffMs: number;
  /** Milliseconds that one start may take. */
  readonly timeoutMs: number;
  /**
   * Does it. It may be run again after having half happened: what must happen once goes into a transaction with
   * `job.finish`, or is recognised by `job.id`. A job that returns without having finished is finished then.
   */
  run(school: School, job: Job<P>): Promise<void>;
}

/** Trying again would change nothing: the job is given up at once. */
export class JobHopeless extends Error {
  override readonly name = 'JobHopeless';
}

/** A process that stops renewing is believed dead after this long, and its jobs are taken up by others. */
export const LEASE_MS = 30_000;

/** Milliseconds to wait after the start with this number failed. `chance` in 0..1 spreads them by a quarter either way. */
export function backoffAfter(kind: Pick<JobKind, 'backoffMs'>, attempt: number, chance: number): number {
  const doubled = kind.backoffMs * 2 ** Math.min(attempt - 1, 20);
  return Math.round(Math.min(doubled, 3_600_000) * (0.75 + chance / 2));
}
