import { countJobsBefore, countLiveJobs, findJob, findJobByKey, insertJob } from '../store/jobs.ts';
import type { Queries } from '../store/transaction.ts';
import type { Delivery } from './delivery.ts';
import type { JobKind } from './job-kind.ts';

/** What putting a job down needs of the school. */
export interface JobKeeper {
  clock(): number;
  newId(): string;
  delivery: Delivery;
}

export interface EnqueueOptions {
  /** Whose it is: learners take turns. Without one it is the installation's own. */
  learnerId?: string | undefined;
  /** At most one job of a kind has it, ever: asked again, the first is named. */
  key?: string | undefined;
  /** Not before; epoch milliseconds. */
  runAt?: number | undefined;
}

export type EnqueuedJob =
  | {
      outcome: 'queued';
      jobId: string;
      /** Jobs that are served before it. */
      ahead: number;
    }
  | { outcome: 'known'; jobId: string }
  /** Nothing was put down. */
  | { outcome: 'queue-full'; whose: 'learner' | 'everybody'; retryAfter: number };

/** Seconds after which to try again where the queue is full. */
const RETRY_AFTER_S = 30;

/**
 * Puts a job down, durably, in the transaction of the act it follows from: it is run if and only if the act is kept.
 * @throws ZodError where the payload is not what the kind takes
 */
export async function enqueueJob<P>(
  school: JobKeeper,
  tx: Queries,
  kind: JobKind<P>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<EnqueuedJob> {
  const { learnerId = null, key = null } = options;
  if (key !== null) {
    const known = await findJobByKey(tx, kind.name, key);
    if (known) return { outcome: 'known', jobId: known.id };
  }
  const full = await findFull(tx, kind, learnerId);
  if (full) return { outcome: 'queue-full', whose: full, retryAfter: RETRY_AFTER_S };
  const now = school.clock();
  const runAt = Math.max(now, options.runAt ?? now);
  const id = school.newId();
  const job = {
    id,
    kind: kind.name,
    learnerId,
    key,
    payload: JSON.stringify(kind.payload.parse(payload)),
    runAt,
    now,
  };
  if (!(await insertJob(tx, job))) {
    const first = await findJobByKey(tx, kind.name, key ?? '');
    if (first) return { outcome: 'known', jobId: first.id };
    throw new Error(`The job ${kind.name} ${key ?? ''} could neither be put down nor found.`);
  }
  await school.delivery.announce(tx, { id, kind: kind.name, dueInMs: runAt - now });
  const row = await findJob(tx, id);
  return { outcome: 'queued', jobId: id, ahead: row ? await countJobsBefore(tx, row) : 0 };
}

async function findFull<P>(
  tx: Queries,
  { name, limits }: JobKind<P>,
  learnerId: string | null,
): Promise<'learner' | 'everybody' | undefined> {
  if ((await countLiveJobs(tx, name, limits.each, learnerId)) >= limits.each) return 'learner';
  return (await countLiveJobs(tx, name, limits.all)) >= limits.all ? 'everybody' : undefined;
}
