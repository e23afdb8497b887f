import { afterEach, expect, it } from 'vitest';
import { describeOnBoth } from '../../testing/databases.ts';
import { browser, openTestSchool, type TestSchool } from '../../testing/school.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { startJobRunner } from '../jobs/job-runner.ts';
import { setPresence, WORKERS } from '../store/presences.ts';
import { startWebPresence } from '../telemetry/web-presence.ts';
import { claimAccount } from './claim-account.ts';
import { findViewer, type Viewer } from './find-viewer.ts';
import { getOperation } from './get-operation.ts';

describeOnBoth('the operator’s page', (kind) => {
  let school: TestSchool;
  afterEach(async () => {
    await school.remove();
  });

  /** An account, as its browser is known. */
  async function account(email: string): Promise<Viewer | null> {
    const claim = { email, password: 'long enough for anybody' };
    const claimed = await claimAccount(school, null, claim, { headers: new Headers() });
    if (claimed.outcome !== 'claimed') throw new Error(claimed.outcome);
    return findViewer(school, browser(claimed.setCookies));
  }

  it('is there for the first account of a server that only this machine reaches, and for nobody else', async () => {
    school = await openTestSchool(kind);
    const first = await account('first@example.org');
    const second = await account('second@example.org');
    expect((await getOperation(school, first)).outcome).toBe('operation');
    expect((await getOperation(school, second)).outcome).toBe('not-found');
    expect((await getOperation(school, null)).outcome).toBe('not-found');
  });

  it('is there for the accounts that the configuration names, whatever their letters', async () => {
    school = await openTestSchool(kind, { EDIRAE_OPERATORS: 'Ops@Example.org, other@example.org' });
    const first = await account('first@example.org');
    const operator = await account('ops@example.org');
    expect((await getOperation(school, first)).outcome).toBe('not-found');
    expect((await getOperation(school, operator)).outcome).toBe('operation');
  });

  it('is there for no account of a server that others reach, unless one is named', async () => {
    school = await openTestSchool(kind, { HOST: '0.0.0.0' });
    expect((await getOperation(school, await account('first@example.org'))).outcome).toBe('not-found');
  });

  it('is there for no account of a server that a proxy on its machine brings to others, unless one is named', async () => {
    school = await openTestSchool(kind, { EDIRAE_ORIGIN: 'https://learn.example.org' });
    expect((await getOperation(school, await account('first@example.org'))).outcome).toBe('not-found');
  });

  it('shows what is there: processes, ledgers, jobs, versions, and settings that are for tests', async () => {
    school = await openTestSchool(kind);
    const leave = startWebPresence(school);
    await startLearner(school);
    const viewer = await account('first@example.org');
    const found = await getOperation(school, viewer);
    if (found.outcome !== 'operation') throw new Error(found.outcome);
    const { parts, processes, versions } = found.operation;
    expect(processes).toMatchObject([{ pid: process.pid, requests: null }]);
    expect(parts.map(({ part, state }) => [part, state])).toEqual([
      ['Web and API', 'works'],
      ['Database', 'works'],
      ['Ledger', 'works'],
      ['Job queue', 'look'],
      ['Sandboxes', 'off'],
      ['Backup', 'off'],
      ['Rate limits', 'look'],
    ]);
    expect(parts[2]?.seen).toMatch(/^\d+ rows of 2 learners\./);
    expect(versions.database).toMatch(kind === 'sqlite' ? /^SQLite 3\./ : /^PostgreSQL \d/);
    expect(versions.schema).toMatch(/^00/);
    await leave();
    const after = await getOperation(school, viewer);
    expect(after.outcome === 'operation' && after.operation.processes).toEqual([]);
  });

  it('shows what learners’ code runs in, as those who run jobs have told', async () => {
    school = await openTestSchool(kind);
    const viewer = await account('first@example.org');
    const part = async () => {
      const found = await getOperation(school, viewer);
      return found.outcome === 'operation'
        ? found.operation.parts.find((one) => one.part === 'Sandboxes')
        : undefined;
    };
    const runner = await startJobRunner(school);
    expect(await part()).toMatchObject({
      state: 'works',
      seen: expect.stringContaining('quickjs for TypeScript, 0 runs'),
    });
    await runner.stop();
    const sandboxes = [{ name: 'quickjs', chosenFor: ['TypeScript'], runs: 3, faults: 1 }];
    const about = { host: 'h', pid: 1, version: '1', running: 0, sandboxes };
    await setPresence(school.db, { place: WORKERS, who: 'w', about, now: school.clock() });
    expect(await part()).toEqual({
      part: 'Sandboxes',
      state: 'look',
      seen: expect.stringMatching(/quickjs for TypeScript, 3 runs.* 1 fault: .*None for Python/),
    });
  });
});
