import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Installation, Postgres, Struck } from './standing.ts';

/** Something that goes wrong, and is over when the promise is. */
interface Mishap {
  mishap: string;
  /** How often among the others. */
  weight: number;
  /** Processes it kills. */
  kills: number;
  /** Nothing else strikes meanwhile. */
  alone: boolean;
  strike(struck: Struck, random: () => number): Promise<void>;
}

/** Long enough for requests to be under way in it. Milliseconds. */
const STOPPED_FOR = 2_500;
const CUT_FOR = 1_200;
const DOWN_FOR = 300;

/** An hour back: a server whose clock was set wrong. */
const WRONG_CLOCK = { EDIRAE_CLOCK_OFFSET_MS: '-3600000' };
const STOPPED_CLOCK = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'stopped-clock.ts')).href}`,
};

/** Kills a web process, which comes back at once, with other settings if any are given. */
const killWeb =
  (env: Record<string, string> = {}) =>
  ({ app }: Struck): Promise<void> =>
    app.killAndRestart(env);

const OF_WEB: readonly Mishap[] = [
  { mishap: 'a web process is killed', weight: 8, kills: 1, alone: false, strike: killWeb() },
  {
    mishap: 'a web process comes back with its clock an hour behind',
    weight: 1,
    kills: 1,
    alone: false,
    strike: killWeb(WRONG_CLOCK),
  },
  {
    mishap: 'a web process comes back with its clock stopped',
    weight: 1,
    kills: 1,
    alone: false,
    strike: killWeb(STOPPED_CLOCK),
  },
  {
    mishap: 'a web process stands still',
    weight: 2,
    kills: 0,
    alone: false,
    strike: ({ app }) => app.standStill(STOPPED_FOR),
  },
];

const OF_POSTGRES: readonly (Omit<Mishap, 'strike' | 'alone'> & {
  strike(postgres: Postgres, random: () => number): Promise<void>;
})[] = [
  {
    mishap: 'the worker is killed',
    weight: 4,
    kills: 1,
    async strike({ worker }) {
      await worker.stop('SIGKILL');
      worker.start();
    },
  },
  {
    mishap: 'the database dies and comes back',
    weight: 4,
    kills: 1,
    async strike({ cluster }) {
      cluster.stop('immediate');
      await sleep(DOWN_FOR);
      cluster.start();
    },
  },
  {
    mishap: 'one of the database’s processes is killed',
    weight: 4,
    kills: 1,
    async strike({ cluster }, random) {
      const [, ...children] = cluster.pids();
      const pid = children[Math.floor(random() * children.length)];
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      // PostgreSQL ends all the others and recovers by itself.
      await sleep(DOWN_FOR);
    },
  },
  {
    mishap: 'the connection to the database is cut',
    weight: 3,
    kills: 0,
    async strike({ cable }) {
      cable.cut();
      await sleep(CUT_FOR);
      cable.mend();
    },
  },
];

/** What can go wrong with this installation. */
function mishapsOf({ postgres }: Installation): Mishap[] {
  if (postgres === undefined) return [...OF_WEB];
  return [
    ...OF_WEB,
    ...OF_POSTGRES.map((mishap) => ({
      ...mishap,
      alone: true,
      strike: (_: Struck, random: () => number) => mishap.strike(postgres, random),
    })),
  ];
}

/** Draws mishaps without end: each of them once, in any order, then by weight. */
export function* drawMishaps(installation: Installation, random: () => number): Generator<Mishap, never> {
  const all = mishapsOf(installation);
  const once = [...all];
  while (once.length > 0) yield* once.splice(Math.floor(random() * once.length), 1);
  const sum = all.reduce((total, { weight }) => total + weight, 0);
  for (;;) {
    let at = random() * sum;
    yield all.find(({ weight }) => (at -= weight) < 0) ?? (all[0] as Mishap);
  }
}
