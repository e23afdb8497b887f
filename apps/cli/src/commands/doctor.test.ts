import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/edirae.mjs', import.meta.url));

describe('edirae doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-doctor-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const doctor = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [BIN, 'doctor', ...args], {
      encoding: 'utf8',
      env: { ...process.env, EDIRAE_DATA: folder, DATABASE_URL: '', EDIRAE_SECRET: '', ...env },
    });
  const statesOf = (stdout: string) => {
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { name: string; state: string }[] };
    return { ok, states: Object.fromEntries(checks.map(({ name, state }) => [name, state])) };
  };

  it('looks at everything where nothing was started yet, and leaves nothing behind', () => {
    const { status, stdout } = doctor({}, '--json');
    const { ok, states } = statesOf(stdout);
    expect({ status, ok }).toEqual({ status: 0, ok: true });
    expect(Object.keys(states)).toEqual(
      'node disk folder secret lock database clock jobs sandbox model mail backups origin'.split(' '),
    );
    expect(existsSync(join(folder, 'edirae.db'))).toBe(false);
  });

  it('ends with 1 where something must be put right, and says what', () => {
    const unreachable = doctor({ DATABASE_URL: 'postgres://edirae@127.0.0.1:9/none' });
    expect(unreachable.status).toBe(1);
    expect(unreachable.stdout).toMatch(/FAULT +database .*ECONNREFUSED[^]*→ Start it/);
    writeFileSync(join(folder, 'secret'), 'x'.repeat(40));
    chmodSync(join(folder, 'secret'), 0o644);
    const { status, stdout } = doctor({}, '--json');
    expect(status).toBe(1);
    expect(statesOf(stdout)).toMatchObject({ ok: false, states: { secret: 'fault', node: 'ok' } });
    rmSync(join(folder, 'secret'));
  });

  it('does not repeat a password', () => {
    const { stdout, stderr } = doctor({ DATABASE_URL: 'postgres://edirae:hunter2@127.0.0.1:9/none' });
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('says how it is called, and what cannot be a setting', () => {
    expect(doctor({}, '--yaml')).toMatchObject({ status: 2, stderr: 'usage: edirae doctor [--json]\n' });
    expect(doctor({ PORT: 'x' })).toMatchObject({ status: 2, stderr: expect.stringContaining('PORT') });
  });
});
