import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, type Place } from '../../testing/databases.ts';
import { fillEveryTable } from '../../testing/fill-every-table.ts';
import { browser } from '../../testing/school.ts';
import { passCheck } from '../../testing/take-items.ts';
import { startLearner } from '../../testing/start-learner.ts';
import { tinyCurriculum } from '../../testing/tiny-curriculum.ts';
import type { Config } from '../config.ts';
import { openSchool, type School } from '../school.ts';
import type { DatabaseKind } from '../store/database-kind.ts';
import { openDatabase } from '../store/database.ts';
import { endFill } from '../store/portable/fill-tables.ts';
import { backUp } from '../usecases/back-up.ts';
import { claimAccount } from '../usecases/claim-account.ts';
import { findViewer } from '../usecases/find-viewer.ts';
import { listAuditLog } from '../usecases/list-audit-log.ts';
import { moveSchool } from '../usecases/move-school.ts';
import { restoreSchool } from '../usecases/restore-school.ts';
import { verifyLedgers } from '../usecases/verify-ledgers.ts';
import { withDatabaseSource } from './database-source.ts';
import { fillDatabase } from './fill-database.ts';
import { openFillTarget } from '../store/portable/fill-target.ts';
import { BackupError } from './backup-manifest.ts';
import { openBackup } from './read-backup.ts';
import { listDifferences, type Holdings } from './row-source.ts';
import { takeIn } from './take-in.ts';

const both: DatabaseKind[] = process.env.TEST_DATABASE_URL ? ['sqlite', 'postgres'] : ['sqlite'];
const pairs = both.flatMap((from) => both.map((to) => [from, to] as const));
const NOW = Date.UTC(2026, 0, 5, 9);

let places: Place[];
let folder: string;
beforeEach(() => {
  places = [];
  folder = mkdtempSync(join(tmpdir(), 'edirae-backup-'));
});
afterEach(async () => {
  for (const place of places) await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function makeEmpty(kind: DatabaseKind): Promise<Config> {
  const place = await makePlace(kind);
  places.push(place);
  return place.config;
}

async function withSchool<T>(config: Config, act: (school: School) => Promise<T>): Promise<T> {
  const school = await openSchool(config, { clock: () => NOW, curriculum: tinyCurriculum() });
  try {
    return await act(school);
  } finally {
    await school.close();
  }
}

/** A place with two learners, one of them with an account and a passed check. */
async function makeSchool(
  kind: DatabaseKind,
): Promise<{ config: Config; cookies: string[]; learnerId: string }> {
  const config = await makeEmpty(kind);
  return withSchool(config, async (school) => {
    const learnerId = await startLearner(school);
    await startLearner(school);
    await passCheck(school, learnerId, 'a');
    const claim = { email: 'ann@example.org', password: 'correct horse battery' };
    const claimed = await claimAccount(school, learnerId, claim, { headers: new Headers() });
    if (claimed.outcome !== 'claimed') throw new Error(claimed.outcome);
    return { config, cookies: claimed.setCookies, learnerId };
  });
}

/** Everything but the log of what operators did. */
async function holdingsOf(config: Config): Promise<Holdings> {
  return withDatabaseSource(config, async ({ holdings }) => {
    const { audit_log: _, ...tables } = holdings.tables;
    return { ...holdings, tables };
  });
}

describe.each(pairs)('a backup of a %s database', (from, to) => {
  it(`restores to an empty ${to} database, whole and with every row`, async () => {
    const { config, cookies, learnerId } = await makeSchool(from);
    const target = await makeEmpty(to);
    const { problems, manifest } = await backUp(config, join(folder, 'b'), { by: 'test' });
    expect(problems).toEqual([]);
    expect(manifest.ledgers.learners).toBe(2);
    const restored = await restoreSchool(target, join(folder, 'b'), { replace: false });
    expect(restored.verification).toMatchObject({ ok: true, learners: 2, events: manifest.ledgers.events });
    expect(listDifferences(await holdingsOf(config), await holdingsOf(target))).toEqual([]);
    // Who was signed in still is: the secret came along.
    await withSchool(target, async (school) => {
      expect(await findViewer(school, browser(cookies))).toMatchObject({ learnerId, by: 'session' });
      expect((await listAuditLog(school)).map(({ act }) => act)).toContain('restore');
      expect((await verifyLedgers(school)).problems).toEqual([]);
    });
  });
});

describe.each(both)('every table there is', (to) => {
  it(`is carried into ${to} by a backup, and from there back by a move, with each of its rows`, async () => {
    const { config } = await makeSchool('sqlite');
    const { db, close } = await openDatabase(config);
    await fillEveryTable(db);
    await close();
    const before = await holdingsOf(config);
    for (const [table, { rows }] of Object.entries(before.tables)) expect(rows, table).toBeGreaterThan(0);
    await backUp(config, join(folder, 'b'), { by: 'test' });
    const there = await makeEmpty(to);
    await restoreSchool(there, join(folder, 'b'), { replace: false });
    expect(listDifferences(before, await holdingsOf(there))).toEqual([]);
    const back = await makeEmpty('sqlite');
    await moveSchool(there, back, { replace: false });
    expect(listDifferences(before, await holdingsOf(back))).toEqual([]);
  });
});

describe.each(pairs)('a move from %s', (from, to) => {
  it(`to ${to} brings everything, and leaves the source as it was`, async () => {
    const { config, cookies, learnerId } = await makeSchool(from);
    const before = await holdingsOf(config);
    const target = await makeEmpty(to);
    const moved = await moveSchool(config, target, { replace: false });
    expect(moved).toMatchObject({ problems: [], verification: { ok: true, learners: 2 } });
    expect(await holdingsOf(config)).toEqual(before);
    expect(listDifferences(before, await holdingsOf(target))).toEqual([]);
    await withSchool(target, async (school) => {
      expect(await findViewer(school, browser(cookies))).toMatchObject({ learnerId, by: 'session' });
      // The links between tables hold again.
      await expect(school.db.deleteFrom('learners').where('id', '=', learnerId).execute()).rejects.toThrow(
        /foreign key/i,
      );
    });
  });

  it(`to ${to} that was broken off goes on where it stopped, and nothing starts on half of it`, async () => {
    const { config } = await makeSchool(from);
    const target = await makeEmpty(to);
    const act = { act: 'move' as const, details: {} };
    const readAgain: string[] = [];
    await withDatabaseSource(config, async (source) => {
      const breaking = {
        ...source,
        async *rows(table: (typeof source.tables)[number], after: Parameters<typeof source.rows>[1]) {
          if (table.name === 'learners') throw new Error('killed');
          yield* source.rows(table, after);
        },
      };
      await expect(takeIn(breaking, target, act, { replace: false })).rejects.toThrow('killed');
      if (to === 'postgres')
        await expect(openDatabase(target)).rejects.toThrow(/broken off.*goes on where it stopped/);
      const watched = {
        ...source,
        rows(...of: Parameters<typeof source.rows>) {
          readAgain.push(of[0].name);
          return source.rows(...of);
        },
      };
      const taken = await takeIn(watched, target, act, { replace: false });
      expect(taken.verification.ok).toBe(true);
    });
    expect(readAgain).toContain('learners');
    expect(readAgain).not.toContain('issues');
    expect(listDifferences(await holdingsOf(config), await holdingsOf(target))).toEqual([]);
  });
});

describe.each(both)('a restore into %s', (kind) => {
  it('refuses to remove a school that is there, unless it is told to', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    const { config: target } = await makeSchool(kind);
    const before = await holdingsOf(target);
    await expect(restoreSchool(target, join(folder, 'b'), { replace: false })).rejects.toThrow(/--replace/);
    expect(await holdingsOf(target)).toEqual(before);
    const { verification, keptAs } = await restoreSchool(target, join(folder, 'b'), { replace: true });
    expect(verification.ok).toBe(true);
    expect(listDifferences(await holdingsOf(config), await holdingsOf(target))).toEqual([]);
    if (kind === 'sqlite') expect(existsSync(keptAs ?? '')).toBe(true);
  });

  it('refuses a backup in which a byte of any file was changed, before it touches anything', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    const target = await makeEmpty(kind);
    for (const name of readdirSync(join(folder, 'b'))) {
      const file = join(folder, 'b', name);
      const whole = readFileSync(file);
      for (const place of name === 'manifest.json' ? somePlaces(whole) : [Math.floor(whole.length / 2)]) {
        const bytes = Buffer.from(whole);
        bytes[place]! ^= 1;
        writeFileSync(file, bytes);
        await expect(
          restoreSchool(target, join(folder, 'b'), { replace: false }),
          `${name}, byte ${place}`,
        ).rejects.toThrow(BackupError);
      }
      writeFileSync(file, whole);
    }
    expect(existsSync(join(target.dataDir, 'edirae.db'))).toBe(false);
    expect((await restoreSchool(target, join(folder, 'b'), { replace: false })).verification.ok).toBe(true);
  });

  it('refuses a backup whose secret is gone, and says that it is not whole', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    rmSync(join(folder, 'b', 'secret'));
    const target = await makeEmpty(kind);
    await expect(restoreSchool(target, join(folder, 'b'), { replace: false })).rejects.toThrow(/not whole/);
  });

  it('takes a backup of the first version, and brings it up to this one', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    makeOld(join(folder, 'b'));
    const target = await makeEmpty(kind);
    const { verification } = await restoreSchool(target, join(folder, 'b'), { replace: false });
    expect(verification).toMatchObject({ ok: true, learners: 2 });
    await withSchool(target, async (school) =>
      expect(await verifyLedgers(school)).toMatchObject({ ok: true }),
    );
  });

  it('refuses a backup of a later version', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    editManifest(join(folder, 'b'), (manifest) => manifest.migrations.push('9999-future'));
    const target = await makeEmpty(kind);
    await expect(restoreSchool(target, join(folder, 'b'), { replace: false })).rejects.toThrow(
      /newer Edirae/,
    );
  });
});

describe('a backup', () => {
  it('is written beside a running server, for its owner alone, and noted in the log', async () => {
    const { config } = await makeSchool('sqlite');
    await withSchool(config, async (school) => {
      await backUp(config, join(folder, 'b'), { by: 'test' });
      expect(statSync(join(folder, 'b')).mode & 0o077).toBe(0);
      for (const name of readdirSync(join(folder, 'b')))
        expect(statSync(join(folder, 'b', name)).mode & 0o077).toBe(0);
      expect(await listAuditLog(school)).toMatchObject([{ act: 'backup', by: 'test', outcome: 'done' }]);
    });
    // What lay beside the database was taken over into it at the next start.
    await withSchool(config, async (school) => {
      expect(readdirSync(join(config.dataDir, 'audit'))).toEqual([]);
      expect(await listAuditLog(school)).toMatchObject([{ act: 'backup', by: 'test' }]);
    });
  });

  it('can leave the secret out', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test', withSecret: false });
    const secret = readFileSync(join(config.dataDir, 'secret'), 'utf8').trim();
    for (const name of readdirSync(join(folder, 'b')))
      expect(readFileSync(join(folder, 'b', name), 'latin1')).not.toContain(secret);
  });

  it('is not written over anything', async () => {
    const { config } = await makeSchool('sqlite');
    writeFileSync(join(folder, 'mine'), 'x');
    await expect(backUp(config, folder, { by: 'test' })).rejects.toThrow(/not empty/);
    expect(readdirSync(folder)).toEqual(['mine']);
  });

  it('that was killed before its end is none', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    rmSync(join(folder, 'b', 'manifest.json'));
    const target = await makeEmpty('sqlite');
    await expect(restoreSchool(target, join(folder, 'b'), { replace: false })).rejects.toThrow(
      /no whole backup/,
    );
  });
});

describe.each(both)('an upgrade of a %s database', (kind) => {
  it('takes a backup first, says so in the log, and keeps every ledger', async () => {
    const { config } = await makeSchool('sqlite');
    await backUp(config, join(folder, 'b'), { by: 'test' });
    makeOld(join(folder, 'b'));
    const old = await makeEmpty(kind);
    await fillOld(old, join(folder, 'b'));
    await withSchool(old, async (school) => {
      expect(school.upgrade).toMatchObject({ from: '0002-learners-and-ledger' });
      expect(existsSync(join(school.upgrade?.backup ?? '', 'manifest.json'))).toBe(true);
      expect((await listAuditLog(school)).map(({ act }) => act).sort()).toEqual(['backup', 'migrate']);
      expect(await verifyLedgers(school)).toMatchObject({ ok: true, learners: 2 });
    });
  });

  it('is refused on a database of a later version, with the reason', async () => {
    const config = await makeEmpty(kind);
    const { db, close } = await openDatabase(config);
    await db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-future', timestamp: 'x' } as never)
      .execute();
    await close();
    for (const mode of ['write', 'read'] as const)
      await expect(openDatabase(config, mode)).rejects.toThrow(/newer Edirae.*9999-future.*backup/);
  });
});

/** Some forty places, from the first byte to the last. */
function somePlaces(bytes: Buffer): number[] {
  const step = Math.ceil(bytes.length / 40);
  return Array.from({ length: 41 }, (_, n) => Math.min(n * step, bytes.length - 1));
}

type Manifest = {
  seal?: string;
  migrations: string[];
  tables: Record<string, { columns: string[]; rows: number }>;
};

function editManifest(backup: string, edit: (manifest: Manifest) => void): void {
  const file = join(backup, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  edit(manifest);
  // One that was written before manifests were sealed.
  delete manifest.seal;
  writeFileSync(file, JSON.stringify(manifest));
}

/** Makes a backup look as the first published version would have written it. */
function makeOld(backup: string): void {
  editManifest(backup, (manifest) => {
    manifest.migrations = manifest.migrations.slice(0, 2);
    const first = [
      'account',
      'api_tokens',
      'checks',
      'disputes',
      'issues',
      'learners',
      'ledger_events',
      'meta',
    ].concat(['placements', 'receipts', 'retractions', 'session', 'user', 'verification']);
    for (const name of Object.keys(manifest.tables)) if (!first.includes(name)) delete manifest.tables[name];
  });
}

/** A database of the first version, with the rows of a backup of its. */
async function fillOld(config: Config, backup: string): Promise<void> {
  const { source } = await openBackup(backup);
  const target = await openFillTarget(config, JSON.stringify(source.holdings), false);
  await fillDatabase(source, target, { replace: false });
  await endFill(target.db, async () => {});
  await target.accept();
  // That version did not note which key signs.
  const { db, close } = await openDatabase(config, 'fill');
  await db.deleteFrom('meta').where('key', '=', 'signing-key').execute();
  await close();
}
