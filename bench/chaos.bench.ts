/**
 * `npm run --silent bench -- chaos [--kills 20] [--database both|postgres|sqlite] [--learners 6] [--seed S]`: learners practise without a pause
 * while processes are killed at random. On PostgreSQL two web processes behind a balancer, a worker and the database are struck: each is
 * killed, the connection between web and database is cut, a process stands still, a clock goes wrong or stops. On SQLite the same happens to
 * the one web process, and its disk fills up. `--kills` counts on each database. Afterwards every acknowledged answer is looked for in the
 * ledgers, and every ledger is verified. Fails (exit 2) where one is lost, doubled or changed, a ledger is not whole, or a journey ended
 * otherwise than in a verdict.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fillTheDisk, type FullDisk } from './chaos/full-disk.ts';
import type { Reckoning } from './chaos/reckon.ts';
import { startOnPostgres, startOnSqlite } from './chaos/standing.ts';
import { rage, type Storm } from './chaos/storm.ts';
import type { Bench } from './main.ts';

const optionsSchema = z.strictObject({
  kills: z.coerce.number().int().min(0).max(10_000).default(20),
  database: z.enum(['both', 'postgres', 'sqlite']).default('both'),
  learners: z.coerce.number().int().min(1).max(100).default(6),
  seed: z.string().default('chaos'),
});

export const bench: Bench = async ({ args, progress }) => {
  const { values } = parseArgs({
    args,
    options: {
      kills: { type: 'string' },
      database: { type: 'string' },
      learners: { type: 'string' },
      seed: { type: 'string' },
    },
  });
  const { database, ...storm } = optionsSchema.parse(values);
  const postgres = database === 'sqlite' ? undefined : await rage(startOnPostgres, storm, progress);
  const sqlite = database === 'postgres' ? undefined : await rage(startOnSqlite, storm, progress);
  const disk = database === 'postgres' ? undefined : await fillTheDisk(storm.learners, progress);
  if (disk?.outcome === 'skipped') progress(`full disk: skipped, ${disk.why}`);
  const faults = [
    ...(postgres ? faultsOfStorm('PostgreSQL', postgres) : []),
    ...(sqlite ? faultsOfStorm('SQLite', sqlite) : []),
    ...(disk ? faultsOfDisk(disk) : []),
  ];
  if (faults.length > 0) {
    progress(JSON.stringify({ postgres, sqlite, disk }));
    throw new Error(`Chaos left its marks:\n${faults.slice(0, 20).join('\n')}`);
  }
  return {
    seed: storm.seed,
    ...(postgres && { postgres }),
    ...(sqlite && { sqlite }),
    ...(disk && { disk }),
  };
};

function faultsOfStorm(where: string, storm: Storm): string[] {
  return [
    ...faultsOf(where, storm),
    ...[...storm.failed, ...storm.fell].map((fault) => `${where}: ${fault}`),
  ];
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
