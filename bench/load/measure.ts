import { createRandom } from '@edirae/engine';
import { inMs, percentile } from '../percentile.ts';
import { barePage } from './bare.ts';
import { connect } from './client.ts';
import { cpuSeconds, machineBusySeconds } from './cpu.ts';
import { Evening } from './evening.ts';
import type { Ground } from './ground.ts';
import { handInUntil } from './hand-in.ts';
import { chooseAct } from './mix.ts';
import { readProcesses } from './read-processes.ts';
import { Samples, type RouteRow } from './samples.ts';

/** Load and floor take turns this often, so that what else the machine does falls on both. */
const ROUNDS = 4;
const WARM_UP_SECONDS = 3;
/** Seconds of a round for each floor. */
const BARE_SECONDS = 1;

export interface Floor {
  n: number;
  p50Ms: number;
  p99Ms: number;
  perSecond: number;
}

export interface Measured {
  learners: number;
  seconds: number;
  /** Requests answered a second, pages and API. */
  throughput: number;
  /** `POST /attempts` answered a second. */
  attempts: number;
  errors: number;
  problems: Record<string, number>;
  refused: number;
  /** p99 of `POST /attempts` over the p99 of the bare transaction at the same concurrency; null without a floor. */
  attemptsToTransactionP99: number | null;
  attemptsToTransactionP50: number | null;
  /** Highest p99 of a page. */
  slowestPageP99Ms: number;
  routes: RouteRow[];
  transaction: Floor | null;
  page: Floor;
  /** Of the web processes while under load; null where `/metrics` is not to be had. */
  eventLoop: { p50Ms: number; p99Ms: number; maxMs: number } | null;
  memory: { rssMb: number; heapMb: number } | null;
  /** Processor seconds a second, by whose they are; `machine` counts everybody's, up to the number of cores. */
  cpu: { cores: number; machine: number; web: number | null; database: number | null; load: number };
}

export async function measureLoad(
  ground: Ground,
  load: { learners: number; seconds: number; graders: number },
): Promise<Measured> {
  const { learners, seconds } = load;
  const page = barePage(ground.origins);
  try {
    await play(ground, { ...load, seconds: WARM_UP_SECONDS }, new Samples(), 'warm-up');
    await readProcesses(ground.origins);
    const samples = new Samples();
    const floors = { transaction: [] as number[], page: [] as number[] };
    const used = { wall: 0, machine: 0, web: 0, database: 0, load: 0 };
    let processes: Awaited<ReturnType<typeof readProcesses>> = null;
    for (let round = 0; round < ROUNDS; round++) {
      const before = usage(ground);
      await play(ground, { ...load, seconds: seconds / ROUNDS }, samples, `round ${round}`);
      const after = usage(ground);
      for (const name of ['wall', 'machine', 'web', 'database', 'load'] as const)
        used[name] += after[name] - before[name];
      processes = worse(processes, await readProcesses(ground.origins));
      floors.transaction.push(...((await ground.transaction?.run(learners, BARE_SECONDS)) ?? []));
      floors.page.push(...(await page.run(learners, BARE_SECONDS)));
      await readProcesses(ground.origins);
    }
    return summarise(samples, floors, used, processes, { ground, learners, seconds });
  } finally {
    await page.close();
  }
}

type Processes = Awaited<ReturnType<typeof readProcesses>>;

function worse(a: Processes, b: Processes): Processes {
  if (a === null || b === null) return b ?? a;
  return {
    eventLoop: {
      p50Ms: Math.max(a.eventLoop.p50Ms, b.eventLoop.p50Ms),
      p99Ms: Math.max(a.eventLoop.p99Ms, b.eventLoop.p99Ms),
      maxMs: Math.max(a.eventLoop.maxMs, b.eventLoop.maxMs),
    },
    memory: {
      rssMb: Math.max(a.memory.rssMb, b.memory.rssMb),
      heapMb: Math.max(a.memory.heapMb, b.memory.heapMb),
    },
  };
}

/** All learners at once, each act after the other, until the time is up; what has begun is finished. */
async function play(
  ground: Ground,
  { learners, seconds, graders }: { learners: number; seconds: number; graders: number },
  samples: Samples,
  seed: string,
): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    Array.from({ length: learners }, async (_, n) => {
      const learner = ground.learners[n];
      if (learner === undefined) throw new Error(`There is no learner ${n}`);
      // A learner keeps to one process, as a browser keeps to its connection.
      const client = connect(ground.origins[n % ground.origins.length] ?? '', learner.token);
      if (n < graders) {
        await handInUntil(end, client, samples);
        return client.close();
      }
      const random = createRandom(`${seed}/${n}`);
      const evening = new Evening({ client, samples, skills: learner.skills, random });
      while (performance.now() < end) await chooseAct(random).run(evening);
      client.close();
    }),
  );
}

function usage({ pids }: Ground) {
  return {
    wall: performance.now() / 1_000,
    machine: machineBusySeconds(),
    web: cpuSeconds(pids?.web ?? []),
    database: cpuSeconds(pids?.database() ?? []),
    load: cpuSeconds([process.pid]),
  };
}

function summarise(
  samples: Samples,
  floors: { transaction: number[]; page: number[] },
  used: ReturnType<typeof usage>,
  processes: Processes,
  { ground, learners, seconds }: { ground: Ground; learners: number; seconds: number },
): Measured {
  const attempts = samples.of('POST /attempts');
  const routes = samples.rows();
  const over = (q: number): number | null =>
    floors.transaction.length === 0 || attempts.length === 0
      ? null
      : inMs(percentile(attempts, q) / percentile(floors.transaction, q));
  const share = (spent: number): number => inMs(spent / used.wall);
  return {
    learners,
    seconds,
    throughput: inMs(samples.total / used.wall),
    attempts: inMs(attempts.length / used.wall),
    errors: samples.errors,
    problems: samples.problems,
    refused: routes.reduce((sum, row) => sum + row.refused, 0),
    attemptsToTransactionP99: over(0.99),
    attemptsToTransactionP50: over(0.5),
    slowestPageP99Ms: Math.max(
      ...routes.filter(({ route }) => route.startsWith('page ')).map(({ p99Ms }) => p99Ms),
    ),
    routes,
    transaction: ground.transaction === null ? null : floorOf(floors.transaction),
    page: floorOf(floors.page),
    eventLoop: processes?.eventLoop ?? null,
    memory: processes?.memory ?? null,
    cpu: {
      cores: navigator.hardwareConcurrency,
      machine: share(used.machine),
      web: ground.pids === null ? null : share(used.web),
      database: ground.pids === null ? null : share(used.database),
      load: share(used.load),
    },
  };
}

function floorOf(samples: number[]): Floor {
  return {
    n: samples.length,
    p50Ms: inMs(percentile(samples, 0.5)),
    p99Ms: inMs(percentile(samples, 0.99)),
    perSecond: Math.round(samples.length / (ROUNDS * BARE_SECONDS)),
  };
}
