import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../../testing/databases.ts';
import { tinyCurriculum } from '../../testing/tiny-curriculum.ts';
import { until } from '../../testing/until.ts';
import { counting } from '../../testing/worker-process.ts';
import { openSchool, type School } from '../school.ts';
import { listMeta } from '../store/meta.ts';
import { transact } from '../store/transaction.ts';
import { enqueueJob } from './enqueue-job.ts';

const WORKER = new URL('../../testing/worker-process.ts', import.meta.url).pathname;

describe.skipIf(!process.env.TEST_DATABASE_URL)('workers on PostgreSQL', () => {
  let place: Place;
  let school: School;
  let workers: ChildProcess[];

  beforeEach(async () => {
    place = await makePlace('postgres', { EDIRAE_GUEST_DAYS: 'never' });
    school = await openSchool(place.config, { curriculum: tinyCurriculum(), jobKinds: [counting] });
    workers = [];
  });
  afterEach(async () => {
    for (const worker of workers) await kill(worker);
    await school.close();
    await place.remove();
  });

  const kill = async (worker: ChildProcess, signal: NodeJS.Signals = 'SIGKILL') => {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    worker.kill(signal);
    await once(worker, 'exit');
  };

  /** Starts a worker and waits until it has said `line`. */
  const start = async (line: string, env: Record<string, string> = {}) => {
    const worker = spawn(process.execPath, [WORKER], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: place.config.databaseUrl ?? '',
        EDIRAE_DATA: place.config.dataDir,
        EDIRAE_GUEST_DAYS: 'never',
        ...env,
      },
    });
    workers.push(worker);
    let said = '';
    worker.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => said.includes(line));
    return worker;
  };
  const put = async (n: number) =>
    void (await transact(school.db, (tx) => enqueueJob(school, tx, counting, { n })));
  const effects = async () =>
    Object.fromEntries((await listMeta(school.db, 'effect ')).map(({ key, value }) => [key, value]));

  it('take up the job of one that was killed, and its effect happens once', async () => {
    await put(1);
    await kill(await start('begun 1', { TEST_HANGS: 'yes' }));
    // Its clock is past the lease of the killed one, which saves the test the wait.
    await start('begun 1', { EDIRAE_CLOCK_OFFSET_MS: '60000' });
    await until(async () => Object.keys(await effects()).length === 1);
    expect(await effects()).toEqual({ '1': '1' });
  }, 60_000);

  it('hand over what is under way when they are told to end', async () => {
    await put(1);
    await kill(await start('begun 1', { TEST_HANGS: 'yes' }), 'SIGTERM');
    await start('ready');
    await until(async () => Object.keys(await effects()).length === 1);
    expect(await effects()).toEqual({ '1': '1' });
  }, 60_000);

  it('do each of many jobs once, whichever of them dies meanwhile', async () => {
    const jobs = Array.from({ length: 60 }, (_, n) => n + 1);
    for (const n of jobs) await put(n);
    for (let kills = 0; kills < 4; kills++) {
      const worker = await start('begun');
      await kill(worker);
    }
    await start('ready', { EDIRAE_CLOCK_OFFSET_MS: '60000' });
    await start('ready', { EDIRAE_CLOCK_OFFSET_MS: '60000' });
    await until(async () => Object.keys(await effects()).length === jobs.length);
    expect(await effects()).toEqual(Object.fromEntries(jobs.map((n) => [String(n), '1'])));
  }, 120_000);
});
