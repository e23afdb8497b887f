import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '@edirae/engine';
import { startApp } from '../../e2e/server.ts';
import { connect } from '../load/client.ts';
import { makeLearners } from '../load/make-learners.ts';
import { startCrowd } from './learners.ts';
import { reckon, type Reckoning } from './reckon.ts';

export type FullDisk =
  | {
      outcome: 'done';
      refusedWhileFull: number;
      livedOn: boolean;
      wentOnAfter: boolean;
      reckoning: Reckoning;
    }
  | { outcome: 'skipped'; why: string };

/** Megabytes of the disk: what a new school needs, and what it gets when it was made larger. */
const SMALL = 28;
const LARGE = 96;
const LONGEST = 120_000;

/**
 * SQLite on a disk that fills up under load, is full for a while and then is made larger. Needs the right to mount a file system of its own.
 */
export async function fillTheDisk(learners: number, progress: (line: string) => void): Promise<FullDisk> {
  if (process.platform !== 'linux' || userInfo().uid !== 0)
    return { outcome: 'skipped', why: 'only root on Linux may mount a small disk' };
  const disk = mkdtempSync(join(tmpdir(), 'edirae-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL}m`, 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    rmSync(disk, { recursive: true });
    return {
      outcome: 'skipped',
      why: `no file system may be mounted here (${(error as Error).message.trim()})`,
    };
  }
  try {
    return await onDisk(disk, learners, progress);
  } finally {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  }
}

async function onDisk(disk: string, learners: number, progress: (line: string) => void): Promise<FullDisk> {
  const env = {
    EDIRAE_DATA: join(disk, 'data'),
    EDIRAE_RATE_LIMIT: 'off',
    EDIRAE_LOG: 'error',
    DATABASE_URL: '',
  };
  const made = await makeLearners(env, { learners, past: 40 });
  const app = await startApp(env);
  try {
    const crowd = startCrowd(app.url, made, createRandom('disk'));
    progress('filling the disk');
    const until = Date.now() + LONGEST;
    while (crowd.failed.length < learners && Date.now() < until) await sleep(100);
    const refusedWhileFull = crowd.failed.length;
    if (refusedWhileFull === 0) throw new Error(`The disk was not full after ${LONGEST / 1_000} s.`);
    const client = connect(app.url, '');
    const livedOn = (await client.get('/health')).status === 200;
    client.close();
    progress('the disk is full; making it larger');
    execFileSync('mount', ['-o', `remount,size=${LARGE}m`, disk]);
    const before = crowd.acknowledged.length;
    const hope = Date.now() + 20_000;
    while (crowd.acknowledged.length < before + learners && Date.now() < hope) await sleep(100);
    const wentOnAfter = crowd.acknowledged.length >= before + learners;
    await crowd.stop();
    await app.stop();
    return {
      outcome: 'done',
      refusedWhileFull,
      livedOn,
      wentOnAfter,
      reckoning: await reckon(env, crowd.acknowledged),
    };
  } finally {
    await app.remove();
  }
}
