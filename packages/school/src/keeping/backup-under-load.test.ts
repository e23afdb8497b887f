import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../../testing/databases.ts';
import { until } from '../../testing/until.ts';

const BIN = fileURLToPath(new URL('../../../../apps/cli/bin/edirae.mjs', import.meta.url));
const WRITER = fileURLToPath(new URL('../../testing/endless-writer.ts', import.meta.url));
const MODULE = 'id: only\nnumber: 1\ntitle: Only\nstages: [1]\nsummary: One module with nothing in it.\n';

const both = process.env['TEST_DATABASE_URL'] ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const);

describe.each(both)('a backup that edirae takes of %s while somebody writes', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'edirae-load-'));
  let places: Place[];
  let writer: ChildProcess | undefined;

  beforeEach(() => {
    places = [];
    mkdirSync(join(folder, 'content', 'modules', '01-only'), { recursive: true });
    writeFileSync(join(folder, 'content', 'modules', '01-only', 'module.yaml'), MODULE);
  });
  afterEach(async () => {
    writer?.kill('SIGKILL');
    for (const place of places) await place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function edirae({ config }: Place, ...args: string[]): Promise<{ status: number; said: string }> {
    const env = {
      ...process.env,
      EDIRAE_DATA: config.dataDir,
      EDIRAE_CONTENT: join(folder, 'content'),
      DATABASE_URL: config.databaseUrl ?? '',
      EDIRAE_SECRET: '',
    };
    const child = spawn(process.execPath, [BIN, ...args], { env });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [status] = (await once(child, 'close')) as [number];
    return { status, said };
  }

  async function makeOne(of: 'sqlite' | 'postgres'): Promise<Place> {
    const place = await makePlace(of);
    places.push(place);
    return place;
  }

  /** Writes until it is killed; `told` gives the last place in the ledger that it was told is kept. */
  function startWriting({ config }: Place): { told(): { learnerId: string; seq: number } | undefined } {
    let last: { learnerId: string; seq: number } | undefined;
    let rest = '';
    writer = spawn(process.execPath, [WRITER, config.dataDir, config.databaseUrl ?? '']);
    writer.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      const [learnerId, seq] = lines.at(-1)?.split(' ') ?? [];
      if (learnerId !== undefined) last = { learnerId, seq: Number(seq) };
    });
    return { told: () => last };
  }

  it('restores to a clean machine, on either database, verified and with all that was told before it began', async () => {
    const source = await makeOne(kind);
    expect((await edirae(source, 'migrate')).status).toBe(0);
    const { told } = startWriting(source);
    const before = await until(() => {
      const now = told();
      return now !== undefined && now.seq > 200 && now;
    });
    const backup = join(folder, 'b');
    expect(await edirae(source, 'backup', backup)).toMatchObject({ status: 0 });
    // It was written beside, not instead of, what went on.
    expect(told()?.seq).toBeGreaterThan(before.seq);
    writer?.kill('SIGKILL');
    const kept = gunzipSync(readFileSync(join(backup, 'ledger_events.ndjson.gz')))
      .toString()
      .trim();
    expect(kept.split('\n').length).toBeGreaterThanOrEqual(before.seq);
    for (const other of both) {
      const target = await makeOne(other);
      const restored = await edirae(target, 'restore', backup);
      expect(restored, restored.said).toMatchObject({ status: 0 });
      const verified = await edirae(target, 'verify', '--json');
      expect(verified.status, verified.said).toBe(0);
      expect(JSON.parse(verified.said)).toMatchObject({
        ok: true,
        learners: 1,
        events: kept.split('\n').length,
      });
    }
  }, 180_000);
});
