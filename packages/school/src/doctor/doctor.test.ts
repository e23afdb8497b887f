import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TriedSandbox } from '@edirae/labs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeOnBoth, makePlace, type Place } from '../../testing/databases.ts';
import { openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { checkClock, checkDatabase, openToLookAt } from './check-database.ts';
import { checkDisk, checkFolder, checkLock, checkNode, checkSecret } from './check-machine.ts';
import { checkBackups, checkExposure, checkJobs, checkMail, checkSandboxes } from './check-surroundings.ts';

describe('the doctor, of the machine,', () => {
  let place: Place;
  beforeEach(async () => {
    place = await makePlace('sqlite');
  });
  afterEach(() => place.remove());

  it('knows a Node that is too old', () => {
    expect(checkNode('20.19.2')).toMatchObject({ state: 'fault', todo: expect.stringContaining('npm ci') });
    expect(checkNode('24.1.0')).toMatchObject({ state: 'ok' });
  });

  it('knows a folder that cannot be one', async () => {
    expect(await checkDisk(place.config.dataDir)).toMatchObject({ name: 'disk' });
    writeFileSync(join(place.config.dataDir, 'file'), '');
    expect(await checkDisk(join(place.config.dataDir, 'file'))).toMatchObject({
      state: 'fault',
      said: expect.stringContaining('ENOTDIR'),
    });
  });

  it.skipIf(process.platform !== 'linux')('comes back from a folder that cannot be made', async () => {
    expect(await checkDisk('/proc/edirae')).toMatchObject({ state: 'fault' });
  });

  it('sees a secret and a database that others can read', async () => {
    const { dataDir } = place.config;
    const secret = join(dataDir, 'secret');
    expect(await checkSecret(place.config, false)).toMatchObject({
      said: expect.stringMatching(/^There is none/),
    });
    writeFileSync(secret, '', { mode: 0o600 });
    expect(await checkSecret(place.config, false)).toMatchObject({
      state: 'fault',
      said: expect.stringContaining('no secret'),
    });
    writeFileSync(secret, 'x'.repeat(32));
    expect(await checkSecret(place.config, false)).toMatchObject({ state: 'ok' });
    chmodSync(secret, 0o640);
    expect(await checkSecret(place.config, false)).toMatchObject({
      state: 'fault',
      todo: `chmod 600 ${secret}`,
    });
    expect(await checkSecret({ secret: 's'.repeat(32), dataDir }, false)).toMatchObject({ state: 'ok' });
    const database = join(dataDir, 'edirae.db');
    expect(await checkFolder(dataDir)).toMatchObject({ state: 'ok' });
    writeFileSync(database, '', { mode: 0o644 });
    expect(await checkFolder(dataDir)).toMatchObject({ state: 'warning', todo: `chmod 600 ${database}` });
  });

  it('says which sandbox is chosen, which is in reserve, and what is missing', async () => {
    const tried = (bubblewrap: TriedSandbox['state'], quickjs: TriedSandbox['state']): TriedSandbox[] => [
      { name: 'bubblewrap', languages: ['py'], state: bubblewrap, ms: 100 },
      { name: 'pyodide', languages: ['py'], state: 'works', ms: 3_000 },
      { name: 'quickjs', languages: ['ts', 'js'], state: quickjs, ms: 200 },
    ];
    expect(await checkSandboxes(Promise.resolve(tried('works', 'works')))).toMatchObject([
      { state: 'ok', said: expect.stringContaining('runs labs in Python') },
      { state: 'ok', said: expect.stringContaining('in reserve') },
      { state: 'ok', said: expect.stringContaining('runs labs in TypeScript') },
    ]);
    expect(await checkSandboxes(Promise.resolve(tried('absent', 'broken')))).toMatchObject([
      { state: 'warning', todo: expect.stringContaining('user namespaces') },
      { state: 'ok', said: expect.stringContaining('runs labs in Python') },
      { state: 'warning' },
      { state: 'fault', said: 'TypeScript labs cannot be graded here' },
    ]);
  });

  it('names who writes to the folder', () => {
    expect(checkLock(place.config.dataDir).said).toMatch(/^Nobody/);
    const release = lockFolder(place.config.dataDir);
    expect(checkLock(place.config.dataDir)).toMatchObject({
      state: 'ok',
      said: expect.stringContaining(`process ${process.pid}`),
    });
    release();
  });

  it('says what is not configured, and what is open to the world', async () => {
    expect(checkMail().said).toMatch(/^Not configured/);
    expect(await checkBackups(place.config)).toMatchObject({
      state: 'warning',
      todo: expect.stringContaining('EDIRAE_BACKUP_DIR'),
    });
    expect(checkExposure(place.config)).toMatchObject({ state: 'ok' });
    expect(checkExposure({ ...place.config, host: '0.0.0.0' })).toMatchObject({
      state: 'warning',
      todo: expect.stringContaining('EDIRAE_ORIGIN'),
    });
  });
});

describeOnBoth('the doctor, of the database,', (kind) => {
  let school: TestSchool;
  beforeEach(async () => {
    school = await openTestSchool(kind);
  });
  afterEach(() => school.remove());

  const look = async () => {
    const { database } = await openToLookAt(school.config);
    if (!database) throw new Error('It did not open.');
    try {
      return {
        database: (await checkDatabase(database, school.config)).find(({ name }) => name === 'database'),
        integrity: (await checkDatabase(database, school.config)).at(-1),
        clock: await checkClock(school.config, database),
        jobs: await checkJobs(database),
      };
    } finally {
      await database.close();
    }
  };

  it('finds nothing wrong with one that serves', async () => {
    expect(await look()).toMatchObject({
      database: { state: 'ok', said: expect.stringContaining('tables of this version') },
      integrity: { name: 'integrity', state: 'ok' },
      clock: { state: 'ok' },
      jobs: { state: 'ok' },
    });
  });

  it('sees time that is still to come, jobs that were given up, and tables of another version', async () => {
    school.time.now = Date.now() + 3_600_000;
    await startLearner(school);
    const dead = { id: 'j', kind: 'gone', payload: '{}', state: 'dead' as const, turn: 0, attempt: 1 };
    await school.db
      .insertInto('jobs')
      .values({ ...dead, run_at: 0, created_at: 0, ended_at: 0 })
      .execute();
    expect(await look()).toMatchObject({
      clock: { state: 'warning', said: expect.stringContaining('still to come') },
      jobs: { state: 'warning', todo: expect.stringContaining('edirae jobs --retry') },
    });
    const migrations = school.db.deleteFrom('kysely_migration' as never);
    await migrations.where('name' as never, '>', '0005' as never).execute();
    expect((await look()).database).toMatchObject({
      state: 'warning',
      todo: expect.stringContaining('edirae migrate'),
    });
    await school.db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-future', timestamp: 'x' } as never)
      .execute();
    expect((await look()).database).toMatchObject({
      state: 'fault',
      said: expect.stringContaining('newer Edirae'),
    });
  });
});
