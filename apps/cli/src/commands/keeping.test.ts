import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/edirae.mjs', import.meta.url));
const MODULE = 'id: only\nnumber: 1\ntitle: Only\nstages: [1]\nsummary: One module with nothing in it.\n';

describe('edirae backup, restore and move', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-cli-'));
  const contentDir = join(folder, 'content');
  const data = (name: string) => join(folder, name);
  const edirae = (dataDir: string, ...args: string[]) =>
    spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
      env: {
        ...process.env,
        EDIRAE_DATA: dataDir,
        EDIRAE_CONTENT: contentDir,
        DATABASE_URL: '',
        EDIRAE_SECRET: '',
      },
    });

  beforeAll(() => {
    mkdirSync(join(contentDir, 'modules', '01-only'), { recursive: true });
    writeFileSync(join(contentDir, 'modules', '01-only', 'module.yaml'), MODULE);
    expect(edirae(data('first'), 'migrate')).toMatchObject({
      status: 0,
      stdout: 'The database is up to date.\n',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('write a backup, say what is in it, and write it over nothing', () => {
    const { status, stdout } = edirae(data('first'), 'backup', data('b'), '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, learners: 0, events: 0, problems: [] });
    expect(edirae(data('first'), 'backup', data('b'))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not empty'),
    });
    expect(edirae(data('never-started'), 'backup', data('c')).status).toBe(2);
    expect(existsSync(data('c'))).toBe(false);
  });

  it('restore it elsewhere', () => {
    const { status, stdout } = edirae(data('second'), 'restore', data('b'));
    expect(stdout).toContain('every ledger is whole');
    expect(status).toBe(0);
    expect(edirae(data('second'), 'verify').status).toBe(0);
  });

  it('say that a database is damaged, and put a backup in its place', () => {
    expect(edirae(data('spoilt'), 'restore', data('b')).status).toBe(0);
    writeFileSync(join(data('spoilt'), 'edirae.db'), 'nonsense'.repeat(1024));
    for (const args of [['verify'], ['backup', data('d')], ['migrate']])
      expect(edirae(data('spoilt'), ...args)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('--replace'),
      });
    expect(edirae(data('spoilt'), 'restore', data('b'), '--replace').status).toBe(0);
    expect(edirae(data('spoilt'), 'verify').status).toBe(0);
  });

  it('move to another folder and say how to start there', () => {
    const moved = edirae(data('first'), 'move', '--to', data('third'));
    expect(moved).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`EDIRAE_DATA=${data('third')}`),
    });
    expect(edirae(data('first'), 'move', '--to', data('first')).status).toBe(2);
  });

  it('are in the log', () => {
    const acts = (dataDir: string) =>
      (JSON.parse(edirae(dataDir, 'audit', '--json').stdout) as { act: string; by: string }[]).map(
        ({ act, by }) => `${act}: ${by.split(',')[0]}`,
      );
    expect(acts(data('first'))).toEqual(['backup: command line']);
    expect(acts(data('second'))).toEqual(['restore: command line']);
    expect(acts(data('third'))).toEqual(['move: command line']);
  });

  it('say what is wrong with a call or a place, in a line', () => {
    for (const [args, said] of [
      [['backup'], 'usage: edirae backup'],
      [['restore', data('nothing')], 'no whole backup'],
      [['restore'], 'usage: edirae restore'],
      [['move'], 'usage: edirae move'],
      [['work'], 'needs PostgreSQL'],
      [['audit', '--limit', 'x'], 'usage: edirae audit'],
      [['jobs', '--retry', 'a', '--cancel', 'b'], 'usage: edirae jobs'],
      [['move', '--to', 'postgres://'], 'usage: edirae move'],
      [['move', '--to', 'mysql://edirae@127.0.0.1/none'], 'usage: edirae move'],
      [['move', '--to', 'postgres://edirae@127.0.0.1:9/none'], 'cannot be reached (ECONNREFUSED)'],
    ] as const) {
      const { status, stderr } = edirae(data('first'), ...args);
      expect(stderr).toContain(said);
      expect(status).toBe(2);
      expect(stderr).not.toContain('    at ');
    }
    expect(edirae('/proc/edirae', 'migrate')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('/proc/edirae cannot be used'),
    });
  }, 120_000);

  it('show jobs, and begin one again by name', () => {
    expect(edirae(data('first'), 'jobs')).toMatchObject({
      status: 0,
      stdout: 'No job waits or runs.\nNo process is there to run jobs.\n',
    });
    expect(edirae(data('first'), 'jobs', '--retry', 'nothing').status).toBe(1);
    expect(edirae(data('first'), 'jobs', '--cancel', 'nothing').status).toBe(1);
  });
});
