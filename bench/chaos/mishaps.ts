import { setTimeout as sleep } from 'node:timers/promises';
import type { AppServer } from '../../e2e/server.ts';
import type { Installation } from './standing.ts';

/** Something that goes wrong, and is over when the promise is. */
export interface Mishap {
  mishap: string;
  /** How often among the others. */
  weight: number;
  /** Processes it kills. */
  kills: number;
  strike(installation: Installation, random: () => number): Promise<void>;
}

/** Long enough for requests to be under way in it. Milliseconds. */
const STOPPED_FOR = 2_500;
const CUT_FOR = 1_200;
const DOWN_FOR = 300;

/** An hour back: a server whose clock was set wrong. */
const WRONG_CLOCK = { EDIRAE_CLOCK_OFFSET_MS: '-3600000' };

function oneApp({ apps }: Installation, random: () => number): AppServer {
  return apps[Math.floor(random() * apps.length)] as AppServer;
}

export const MISHAPS: readonly Mishap[] = [
  {
    mishap: 'a web process is killed',
    weight: 8,
    kills: 1,
    async strike(installation, random) {
      const app = oneApp(installation, random);
      await app.stop('SIGKILL');
      await app.restart();
    },
  },
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
  {
    mishap: 'a web process stands still',
    weight: 2,
    kills: 0,
    async strike(installation, random) {
      const pid = oneApp(installation, random).pid();
      if (pid === undefined) return;
      process.kill(pid, 'SIGSTOP');
      await sleep(STOPPED_FOR);
      process.kill(pid, 'SIGCONT');
    },
  },
  {
    mishap: 'a web process comes back with its clock an hour behind',
    weight: 1,
    kills: 1,
    async strike(installation, random) {
      const app = oneApp(installation, random);
      await app.stop('SIGKILL');
      await app.restart(WRONG_CLOCK);
    },
  },
];

export function chooseMishap(random: () => number): Mishap {
  const sum = MISHAPS.reduce((total, { weight }) => total + weight, 0);
  let at = random() * sum;
  return MISHAPS.find(({ weight }) => (at -= weight) < 0) ?? (MISHAPS[0] as Mishap);
}
