import type { JobRow } from './schema.ts';
import type { Queries } from './transaction.ts';

/** One kind's line, counted. */
export interface JobQueue {
  kind: string;
  queued: number;
  running: number;
  dead: number;
  /** Milliseconds that the longest-waiting job has been due; 0 where none waits. */
  oldestMs: number;
}

/** Every kind that has jobs, counted. */
export async function listJobQueues(db: Queries, now: number): Promise<JobQueue[]> {
  const rows = await db
    .selectFrom('jobs')
    .select(({ fn }) => ['kind', 'state', fn.countAll().as('n'), fn.min('run_at').as('due')])
    .where('state', 'in', ['queued', 'running', 'dead'])
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .execute();
  const queues = new Map<string, JobQueue>();
  for (const { kind, state, n, due } of rows) {
    const queue = queues.get(kind) ?? { kind, queued: 0, running: 0, dead: 0, oldestMs: 0 };
    queues.set(kind, queue);
    if (state === 'queued') {
      queue.queued = Number(n);
      queue.oldestMs = Math.max(0, now - Number(due));
    } else if (state === 'running') queue.running = Number(n);
    else queue.dead = Number(n);
  }
  return [...queues.values()];
}

/** Jobs in one of these states, the newest first. */
export async function listJobs(
  db: Queries,
  states: readonly JobRow['state'][],
  limit: number,
): Promise<JobRow[]> {
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('state', 'in', states)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
}

/** Forgets jobs that ended before, and gives how many. */
export async function purgeJobs(db: Queries, before: { ended: number; dead: number }): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('jobs')
    .where((eb) =>
      eb.or([
        eb.and([eb('state', 'in', ['done', 'cancelled']), eb('ended_at', '<', before.ended)]),
        eb.and([eb('state', '=', 'dead'), eb('ended_at', '<', before.dead)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
