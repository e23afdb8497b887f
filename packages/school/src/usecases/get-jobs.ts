import { listJobQueues, listJobs, type JobQueue } from '../store/job-queues.ts';
import { GONE_MS, listPresences, WORKERS } from '../store/presences.ts';
import type { SandboxSeen } from '../telemetry/sandboxes-seen.ts';
import type { Queries } from '../store/transaction.ts';

/** A process that runs jobs. */
export interface WorkerView {
  id: string;
  host: string;
  pid: number;
  version: string;
  /** Jobs under way there at its last sign of life. */
  running: number;
  /** What it runs learners' code in; absent where an earlier version runs. */
  sandboxes?: SandboxSeen[];
  since: number;
  seenAt: number;
}

/** What waits, and who is there to do it: for whoever operates the school. */
export interface JobsView {
  queues: JobQueue[];
  workers: WorkerView[];
  /** The newest that were given up. */
  dead: { id: string; kind: string; attempt: number; endedAt: number; problem: string }[];
}

/** Dead jobs that are named; the queues count all. */
const DEAD_SHOWN = 50;

/** The lines of jobs and the processes that run them. */
export async function getJobs(school: { db: Queries; clock(): number }): Promise<JobsView> {
  const now = school.clock();
  const workers = await listPresences(school.db, WORKERS, now - GONE_MS);
  return {
    queues: await listJobQueues(school.db, now),
    workers: workers.map(({ who, about, since, seenAt }) => ({
      id: who,
      ...(about as Omit<WorkerView, 'id' | 'since' | 'seenAt'>),
      since,
      seenAt,
    })),
    dead: (await listJobs(school.db, ['dead'], DEAD_SHOWN)).map(
      ({ id, kind, attempt, ended_at, problem }) => ({
        id,
        kind,
        attempt,
        endedAt: ended_at ?? 0,
        problem: problem ?? '',
      }),
    ),
  };
}
