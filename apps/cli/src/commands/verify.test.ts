import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { EMPTY_VOCABULARY } from '@edirae/curriculum';
import { openSchool, parseConfig, signReceipt, startGuest, type School } from '@edirae/school';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/edirae.mjs', import.meta.url));
const MODULE = 'id: only\nnumber: 1\ntitle: Only\nstages: [1]\nsummary: One module with nothing in it.\n';
const EMPTY = {
  hash: 'none',
  modules: [],
  skills: new Map(),
  families: new Map(),
  graph: { skills: new Map(), order: [] },
  resources: [],
  careers: [],
  certifications: [],
  interviewPrompts: [],
  labs: [],
  vocabulary: EMPTY_VOCABULARY,
};

describe('edirae verify and edirae export', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-cli-'));
  // Content of its own, so that nothing depends on what is being written.
  const contentDir = join(dataDir, 'content');
  let school: School;
  let learnerId: string;
  beforeAll(async () => {
    mkdirSync(join(contentDir, 'modules', '01-only'), { recursive: true });
    writeFileSync(join(contentDir, 'modules', '01-only', 'module.yaml'), MODULE);
    school = await openSchool(parseConfig({ EDIRAE_DATA: dataDir }), { curriculum: EMPTY });
    const guest = await startGuest(school, { client: 'test' });
    if (guest.outcome !== 'started') throw new Error(guest.outcome);
    learnerId = guest.learnerId;
  });
  afterAll(async () => {
    await school.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const edirae = (...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
      env: { ...process.env, EDIRAE_DATA: dataDir, EDIRAE_CONTENT: contentDir, DATABASE_URL: '' },
    });

  it('report a whole ledger beside a running school', () => {
    expect(edirae('verify')).toMatchObject({ status: 0, stdout: '1 learner, 1 event: whole.\n', stderr: '' });
    expect(edirae('verify', '--learner', learnerId, '--json')).toMatchObject({
      status: 0,
      stdout: '{"ok":true,"learners":1,"events":1,"problems":[]}\n',
    });
  });

  it('print what can be checked elsewhere', () => {
    const { status, stdout } = edirae('export', '--learner', learnerId);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      learner: { id: learnerId },
      publicKey: { publicKey: school.signingKey.publicKey },
    });
    expect(edirae('export', '--learner', 'nobody').status).toBe(1);
    expect(edirae('export').status).toBe(2);
  });

  it('check a receipt against the ledger', () => {
    const file = join(dataDir, 'receipt.json');
    const { head } = JSON.parse(edirae('export', '--learner', learnerId).stdout).ledger as {
      head: { seq: number; hash: string };
    };
    const receipt = signReceipt(school.signingKey, {
      learnerId,
      ...head,
      at: 1,
      skill: 'a',
      decision: 'demonstrated',
      rule: 1,
    });
    writeFileSync(file, JSON.stringify(receipt));
    expect(edirae('verify', '--receipt', file).status).toBe(0);
    writeFileSync(file, JSON.stringify({ ...receipt, hash: '0'.repeat(64) }));
    expect(edirae('verify', '--receipt', file)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('signature does not fit'),
    });
    writeFileSync(file, '{}');
    expect(edirae('verify', '--receipt', file)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('This is no receipt'),
    });
  });

  it('keep database and secret to their owner', () => {
    for (const name of ['edirae.db', 'secret']) expect(statSync(join(dataDir, name)).mode & 0o077).toBe(0);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim()).toHaveLength(43);
  });

  it('refuse to write beside the running school, naming its process', () => {
    expect(edirae('content', 'retract', 'x', '--reason', 'y')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`process ${process.pid}`),
    });
  });

  it('say what is wrong with a call', () => {
    expect(edirae('verify', '--nonsense')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('usage: edirae verify'),
    });
    expect(edirae('content', 'retract')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--reason'),
    });
    expect(edirae()).toMatchObject({ status: 2, stderr: expect.stringContaining('commands: ') });
  });

  it('say that there is no such learner', () => {
    expect(edirae('verify', '--learner', 'nobody')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'No learner has the id nobody.\n',
    });
  });

  it('report a broken ledger', () => {
    const raw = new DatabaseSync(join(dataDir, 'edirae.db'));
    raw.exec(`update ledger_events set body = replace(body, 'true', 'false')`);
    raw.close();
    const { status, stdout } = edirae('verify', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: [{ learner: learnerId, seq: 1, problem: expect.stringContaining('edited') }],
    });
  });
});
