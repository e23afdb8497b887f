import { hostname } from 'node:os';
import type { School } from '../school.ts';
import { listOverdueJobs } from '../store/jobs.ts';
import { removePresence, setPresence, WORKERS } from '../store/presences.ts';
import { describeSandboxes } from '../telemetry/sandboxes-seen.ts';
import { VERSION } from '../version.ts';
import type { JobKind } from './job-kind.ts';
import { runNextJob, type Stop } from './run-job.ts';
import { enqueueScheduled } from './schedules.ts';

/** Runs jobs in this process until it is stopped. */
export interface JobRunner {
  /** Jobs under way here. */
  running(): number;
  /** Takes no more, lets what is under way end for `graceMs`, and hands the rest back to the queue. */
  stop(graceMs?: number): Promise<void>;
}

/** Milliseconds between looks for jobs whose time has come, and for those that a dead process left behind. */
const SWEEP_MS = 2_000;

/** Calls made by one sweep. */
const SWEEP_CALLS = 100;

/** Milliseconds between signs of life of this process, and between looks at the calendar. */
const BEAT_MS = 15_000;

const SHUTDOWN_GRACE_MS = 10_000;

/** Milliseconds that jobs which were told to stop get to be put back. */
const HANDOVER_MS = 5_000;

/** Begins to run every kind of job that this process can do. */
export async function startJobRunner(school: School): Promise<JobRunner> {
  const kinds = school.jobKinds.filter((kind) => kind.canRun?.(school.config) ?? true);
  const under = new Map<Promise<void>, { stop(why: Stop): void }>();
  const names = kinds.map(({ name }) => name);
  let stopped = false;

  const runNext = async (kind: JobKind): Promise<boolean> => {
    if (stopped) return false;
    try {
      return await runNextJob(school, kind, (job, ended) => {
        under.set(ended, job);
        ended.then(
          () => under.delete(ended),
          () => under.delete(ended),
        );
      });
    } catch (error) {
      // The database is away: the sweep calls again when it is back.
      school.log.warn('jobs', { problem: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };

  let sweeping = false;
  const sweep = async () => {
    if (sweeping || stopped) return;
    sweeping = true;
    try {
      for (const job of await listOverdueJobs(school.db, names, school.clock(), SWEEP_CALLS))
        await school.delivery.announce(school.db, { id: job.id, kind: job.kind, dueInMs: 0 });
    } catch {
      // Said already by whatever could not reach the database.
    } finally {
      sweeping = false;
    }
  };

  const who = school.newId();
  const beat = async () => {
    if (stopped) return;
    try {
      await setPresence(school.db, {
        place: WORKERS,
        who,
        about: {
          host: hostname(),
          pid: process.pid,
          version: VERSION,
          running: under.size,
          sandboxes: await describeSandboxes(school.metrics),
        },
        now: school.clock(),
      });
      await enqueueScheduled(school);
    } catch (error) {
      school.log.warn('jobs', { problem: error instanceof Error ? error.message : String(error) });
    }
  };

  await school.delivery.serve(kinds, runNext);
  const timers = [setInterval(() => void sweep(), SWEEP_MS), setInterval(() => void beat(), BEAT_MS)];
  await beat();
  await sweep();

  return {
    running: () => under.size,
    async stop(graceMs = SHUTDOWN_GRACE_MS) {
      if (stopped) return;
      stopped = true;
      timers.forEach((timer) => clearInterval(timer));
      await settled(under.keys(), graceMs);
      for (const job of under.values()) job.stop('shutdown');
      await settled(under.keys(), HANDOVER_MS);
      await school.delivery.stop();
      await removePresence(school.db, WORKERS, who).catch(() => undefined);
    },
  };
}

async function settled(work: Iterable<Promise<void>>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled(work), late]);
  clearTimeout(timer);
}
