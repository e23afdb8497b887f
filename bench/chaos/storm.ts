import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '@edirae/engine';
import { startBalancer } from './balancer.ts';
import { startCrowd, type Crowd } from './learners.ts';
import { drawMishaps } from './mishaps.ts';
import { reckon, type Reckoning } from './reckon.ts';
import type { Installation } from './standing.ts';

export interface StormOptions {
  kills: number;
  learners: number;
  seed: string;
}

/** What was struck, and what was left. */
export interface Storm extends Reckoning {
  kills: number;
  mishaps: Record<string, number>;
  seconds: number;
  /** Journeys that ended otherwise than in a verdict, in words. */
  failed: readonly string[];
  /** Web processes that ended although nobody killed them, and what they said. */
  fell: readonly string[];
  /** Requests that the balancer had to ask again. */
  retries: number;
}

/** Between two mishaps everybody is answered about once; this long is waited for it, since a busy machine starts slowly. Milliseconds. */
const LONGEST_QUIET = 30_000;
const QUIET = 100;

/** Lets learners practise while one mishap after the other strikes, until so many processes were killed; then verifies. */
export async function rage(
  start: (learners: number) => Promise<Installation>,
  { kills, learners, seed }: StormOptions,
  progress: (line: string) => void,
): Promise<Storm> {
  progress('starting an installation');
  const installation = await start(learners);
  const balancer = await startBalancer(installation.apps.map((app) => app.url));
  try {
    const random = createRandom(seed);
    const crowd = startCrowd(balancer.url, installation.learners, createRandom(`${seed}/learners`));
    const mishaps: Record<string, number> = {};
    const under = new Set<Promise<void>>();
    const draw = drawMishaps(installation, random);
    const from = performance.now();
    for (let killed = 0; killed < kills;) {
      await untilAnswered(crowd, learners);
      const app = await untilOneIsFree(installation, under, random);
      const { mishap, kills: kill, alone, strike } = draw.next().value;
      progress(`${killed}/${kills} ${mishap}; ${crowd.acknowledged.length} answers acknowledged`);
      // A process that starts again takes seconds, in which the others can be struck.
      const struck = strike({ app }, random);
      if (alone) await struck;
      else {
        under.add(struck);
        void struck.then(
          () => under.delete(struck),
          () => undefined,
        );
      }
      mishaps[mishap] = (mishaps[mishap] ?? 0) + 1;
      killed += kill;
    }
    await Promise.all(under);
    await untilAnswered(crowd, learners);
    await crowd.stop();
    const seconds = Math.round((performance.now() - from) / 1_000);
    progress('verifying');
    const left = await reckon(installation.env, crowd.acknowledged);
    const fell = installation.apps.flatMap((app) => app.diedOf() ?? []);
    return { kills, fell, mishaps, seconds, failed: crowd.failed, retries: balancer.retries(), ...left };
  } finally {
    balancer.close();
    await installation.remove();
  }
}

/** A kill strikes those who are in the middle of something only where the last one is over. */
async function untilAnswered(crowd: Crowd, answers: number): Promise<void> {
  const enough = crowd.acknowledged.length + answers;
  const until = Date.now() + LONGEST_QUIET;
  do await sleep(QUIET);
  while (crowd.acknowledged.length < enough && Date.now() < until);
}

/** A web process that is not being struck; what went wrong in a strike comes out here. */
async function untilOneIsFree(
  { apps }: Installation,
  under: ReadonlySet<Promise<void>>,
  random: () => number,
): Promise<Installation['apps'][number]> {
  for (;;) {
    const free = apps.filter((app) => !app.isBusy());
    const app = free[Math.floor(random() * free.length)];
    if (app !== undefined) return app;
    await Promise.race(under);
  }
}
