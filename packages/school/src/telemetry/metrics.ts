import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ChainedEvent } from '../store/chain.ts';
import type { JobQueue } from '../store/job-queues.ts';
import type { QuerySeen } from '../store/query-seen.ts';
import { createRecentTimes, type RecentTimes } from './recent-times.ts';

/** One answered request. */
export interface RequestSeen {
  method: string;
  /** The route's pattern, never the address: addresses hold ids. */
  route: string;
  status: number;
  ms: number;
}

/** What this process has seen, for Prometheus and for the operator's page. */
export interface Metrics {
  /** Requests of the last hour. */
  recent: RecentTimes;
  sawRequest(request: RequestSeen, now: number): void;
  sawQuery(query: QuerySeen): void;
  /** Events that were committed to a ledger. */
  sawEvents(events: readonly ChainedEvent[]): void;
  /** A run of learners' code: `status` as it was graded, or `fault` where the sandbox itself could not be used. */
  sawSandboxRun(run: { sandbox: string; status: string; ms: number }): void;
  /** Runs and faults since the start, by sandbox. */
  sandboxRuns(): ReadonlyMap<string, { runs: number; faults: number }>;
  /** Adds what Node knows of itself: memory, garbage, the event loop. Once a process. */
  watchProcess(): void;
  /** The text that Prometheus reads. */
  expose(): Promise<{ contentType: string; text: string }>;
}

/** Seconds: from a rendered page on an idle machine to what nobody waits for. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10];
const QUERY_SECONDS = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];
const RUN_SECONDS = [0.25, 0.5, 1, 2, 5, 10, 20, 60];

/** @param listQueues the lines of jobs, asked when Prometheus asks; a failure shows as a database that is down */
export function createMetrics(listQueues: () => Promise<readonly JobQueue[]>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const recent = createRecentTimes();
  const requests = new Histogram({
    name: 'edirae_http_request_seconds',
    help: 'Time to answer a request, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const queries = new Histogram({
    name: 'edirae_database_query_seconds',
    help: 'Time of a database statement, by its verb.',
    labelNames: ['verb'],
    buckets: QUERY_SECONDS,
    registers,
  });
  const failedQueries = new Counter({
    name: 'edirae_database_errors_total',
    help: 'Database statements that failed, by their verb.',
    labelNames: ['verb'],
    registers,
  });
  const events = new Counter({
    name: 'edirae_ledger_events_total',
    help: 'Events committed to ledgers by this process, by type.',
    labelNames: ['type'],
    registers,
  });
  const attempts = new Counter({
    name: 'edirae_attempts_total',
    help: 'Answers recorded, by place and outcome.',
    labelNames: ['place', 'outcome'],
    registers,
  });
  const checks = new Counter({
    name: 'edirae_checks_total',
    help: 'Mastery checks ended, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const runs = new Histogram({
    name: 'edirae_sandbox_run_seconds',
    help: 'Time of a run of learner code, by sandbox and status.',
    labelNames: ['sandbox', 'status'],
    buckets: RUN_SECONDS,
    registers,
  });
  const isUp = new Gauge({ name: 'edirae_database_up', help: '1 where the database answers.', registers });
  const oldest = new Gauge({
    name: 'edirae_job_oldest_seconds',
    help: 'Age of the job that waits longest, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const jobs = new Gauge({
    name: 'edirae_jobs',
    help: 'Jobs by kind and state, in the whole installation.',
    labelNames: ['kind', 'state'],
    registers,
  });

  const counted = new Map<string, { runs: number; faults: number }>();

  const lookAtQueues = async (): Promise<void> => {
    jobs.reset();
    oldest.reset();
    try {
      for (const { kind, queued, running, dead, oldestMs } of await listQueues()) {
        for (const [state, count] of Object.entries({ queued, running, dead }))
          jobs.set({ kind, state }, count);
        oldest.set({ kind }, oldestMs / 1_000);
      }
      isUp.set(1);
    } catch {
      isUp.set(0);
    }
  };

  return {
    recent,
    sawRequest({ method, route, status, ms }, now) {
      requests.observe({ route, method, status }, ms / 1_000);
      recent.record(ms, now);
    },
    sawQuery({ verb, ms, failed }) {
      queries.observe({ verb }, ms / 1_000);
      if (failed) failedQueries.inc({ verb });
    },
    sawEvents(appended) {
      for (const event of appended) {
        events.inc({ type: event.type });
        if (event.type === 'attempt') attempts.inc({ place: event.body.place, outcome: event.body.outcome });
        if (event.type === 'check-ended') checks.inc({ outcome: event.body.outcome });
      }
    },
    sawSandboxRun({ sandbox, status, ms }) {
      runs.observe({ sandbox, status }, ms / 1_000);
      const { runs: before, faults } = counted.get(sandbox) ?? { runs: 0, faults: 0 };
      const isFault = status === 'fault';
      counted.set(sandbox, { runs: before + (isFault ? 0 : 1), faults: faults + (isFault ? 1 : 0) });
    },
    sandboxRuns: () => counted,
    watchProcess: () => collectDefaultMetrics({ register: registry }),
    async expose() {
      await lookAtQueues();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
