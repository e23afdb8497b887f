/**
 * `npm run --silent bench -- chaos [--kills 20] [--learners 6] [--seed S]`: learners practise without a pause on two web processes behind a
 * balancer while processes of web, worker and database are killed at random, the connection between them is cut, a process stands still and a
 * clock goes wrong; then SQLite on a disk that fills up. Afterwards every acknowledged answer is looked for in the ledgers, and every ledger
 * is verified. Fails (exit 2) where one is lost, doubled or changed, a ledger is not whole, or a journey ended otherwise than in a verdict.
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '@edirae/engine';
import { z } from 'zod';
import { startBalancer } from './chaos/balancer.ts';
import { fillTheDisk, type FullDisk } from './chaos/full-disk.ts';
import { startCrowd } from './chaos/learners.ts';
import { chooseMishap } from './chaos/mishaps.ts';
import { reckon, type Reckoning } from './chaos/reckon.ts';
import { startInstallation } from './chaos/standing.ts';
import type { Bench } from './main.ts';

const optionsSchema = z.strictObject({
  kills: z.coerce.number().int().min(0).max(10_000).default(20),
  learners: z.coerce.number().int().min(1).max(100).default(6),
  seed: z.string().default('chaos'),
});

type Options = z.infer<typeof optionsSchema>;

/** Between two mishaps something gets done. Milliseconds. */
const QUIET = 400;

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: { kills: { type: 'string' }, learners: { type: 'string' }, seed: { type: 'string' } },
  });
  const options = optionsSchema.parse(values);
  const storm = await weather(options, progress);
  const disk = await fillTheDisk(options.learners, progress);
  if (disk.outcome === 'skipped') progress(`full disk: skipped, ${disk.why}`);
  const faults = [...faultsOf('storm', storm), ...storm.failed, ...storm.fell, ...faultsOfDisk(disk)];
  if (faults.length > 0) throw new Error(`Chaos left its marks:\n${faults.slice(0, 20).join('\n')}`);
  return { ...storm, disk };
};

interface Storm extends Reckoning {
  seed: string;
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

async function weather({ kills, learners, seed }: Options, progress: (line: string) => void): Promise<Storm> {
  progress('starting two web processes, a worker and PostgreSQL');
  const installation = await startInstallation(learners);
  const balancer = await startBalancer(installation.apps.map((app) => app.url));
  try {
    const random = createRandom(seed);
    const crowd = startCrowd(balancer.url, installation.learners, createRandom(`${seed}/learners`));
    const mishaps: Record<string, number> = {};
    const from = performance.now();
    for (let killed = 0; killed < kills;) {
      await sleep(QUIET);
      const { mishap, kills: kill, strike } = chooseMishap(random);
      progress(`${killed}/${kills} ${mishap}; ${crowd.acknowledged.length} answers acknowledged`);
      await strike(installation, random);
      mishaps[mishap] = (mishaps[mishap] ?? 0) + 1;
      killed += kill;
    }
    await sleep(QUIET);
    await crowd.stop();
    const seconds = Math.round((performance.now() - from) / 1_000);
    progress('verifying');
    const left = await reckon(installation.env, crowd.acknowledged);
    const fell = installation.apps.flatMap((app) => app.diedOf() ?? []);
    return {
      seed,
      kills,
      fell,
      mishaps,
      seconds,
      failed: crowd.failed,
      retries: balancer.retries(),
      ...left,
    };
  } finally {
    balancer.close();
    await installation.remove();
  }
}

function faultsOf(where: string, { acknowledged, lost, twice, changed, problems }: Reckoning): string[] {
  return [
    ...(acknowledged === 0 ? [`${where}: nothing was acknowledged, so nothing was tested`] : []),
    ...(lost + twice + changed > 0
      ? [`${where}: ${lost} of ${acknowledged} answers lost, ${twice} twice, ${changed} changed`]
      : []),
    ...problems,
  ];
}

function faultsOfDisk(disk: FullDisk): string[] {
  if (disk.outcome === 'skipped') return [];
  return [
    ...faultsOf('full disk', disk.reckoning),
    ...(disk.livedOn ? [] : ['full disk: the server did not live on']),
    ...(disk.wentOnAfter ? [] : ['full disk: the server did not go on when there was room again']),
  ];
}
