import { hostname } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { School } from '../school.ts';
import { removePresence, setPresence } from '../store/presences.ts';
import { VERSION } from '../version.ts';

/** Where web processes are seen. */
export const WEB_PROCESSES = 'web';

/** What a web process tells of itself. */
export interface WebProcessAbout {
  host: string;
  pid: number;
  port: number;
  version: string;
  /** Of the last hour; null where nothing was asked. */
  requests: { n: number; p50Ms: number; p99Ms: number } | null;
  /** How late the event loop was since the last sign of life, at the 99th percentile. */
  loopLagMs: number;
  rssMb: number;
}

const BEAT_MS = 15_000;

/** Says now and then, for all processes to see, that this web process is there and how it fares. The value ends it. */
export function startWebPresence(school: School): () => Promise<void> {
  const who = school.newId();
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  const beat = async (): Promise<void> => {
    const about: WebProcessAbout = {
      host: hostname(),
      pid: process.pid,
      port: school.config.port,
      version: VERSION,
      requests: school.metrics.recent.summary(Date.now()),
      loopLagMs: Math.round(loop.percentile(99) / 1e5) / 10,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    };
    loop.reset();
    try {
      await setPresence(school.db, { place: WEB_PROCESSES, who, about, now: school.clock() });
    } catch (error) {
      // The database is away: the next beat tries again.
      school.log.warn('presence', { problem: error instanceof Error ? error.message : String(error) });
    }
  };
  let last = beat();
  const timer = setInterval(() => (last = beat()), BEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    loop.disable();
    await last;
    await removePresence(school.db, WEB_PROCESSES, who).catch(() => {});
  };
}
