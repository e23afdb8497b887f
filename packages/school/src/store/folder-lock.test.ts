import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { FolderLockedError, lockFolder } from './folder-lock.ts';
import { DatabaseMissingError } from './sqlite.ts';

describe('the data folder', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'edirae-lock-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  /** Another process that holds the lock until it is killed. */
  async function holder() {
    const source = `import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)};
      lockFolder(${JSON.stringify(dataDir)}); console.log('locked'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  }

  it('has one writer, and names it to the second', async () => {
    const child = await holder();
    try {
      expect(() => lockFolder(dataDir)).toThrow(FolderLockedError);
      expect(() => lockFolder(dataDir)).toThrow(new RegExp(`in use by process ${child.pid}\\.`));
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });

  it('is free as soon as its writer was killed', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(dataDir)();
  });

  it('is refused to a second writer in the same process, and free after a release', () => {
    const release = lockFolder(dataDir);
    expect(() => lockFolder(dataDir)).toThrow(`process ${process.pid}`);
    release();
    release();
    lockFolder(dataDir)();
  });

  it('can be read while somebody writes, and only read', async () => {
    const writer = await openDatabase({ dataDir, databaseUrl: null });
    await writer.db.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
    const reader = await openDatabase({ dataDir, databaseUrl: null }, 'read');
    expect(await reader.db.selectFrom('meta').selectAll().execute()).toEqual([{ key: 'k', value: 'v' }]);
    await expect(reader.db.deleteFrom('meta').execute()).rejects.toThrow(/readonly/);
    await writer.db.insertInto('meta').values({ key: 'l', value: 'w' }).execute();
    expect(await reader.db.selectFrom('meta').selectAll().execute()).toHaveLength(2);
    await reader.close();
    await writer.close();
  });

  it('without a database is reported as such to a reader', async () => {
    await expect(openDatabase({ dataDir, databaseUrl: null }, 'read')).rejects.toThrow(DatabaseMissingError);
  });

  it('of a newer version is refused, not damaged', async () => {
    const writer = await openDatabase({ dataDir, databaseUrl: null });
    await writer.db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-future', timestamp: new Date().toISOString() } as never)
      .execute();
    await writer.close();
    await expect(openDatabase({ dataDir, databaseUrl: null })).rejects.toThrow(/newer Edirae/);
  });
});
