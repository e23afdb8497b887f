import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { makeFolder } from '../make-folder.ts';
import { RowSummer } from '../store/portable/portable-row.ts';
import type { PortableTable } from '../store/portable/tables.ts';
import { VERSION } from '../version.ts';
import { BACKUP_FORMAT, BackupError, writeManifest, type BackupManifest } from './backup-manifest.ts';
import type { RowSource } from './row-source.ts';

/** File of the secret inside a backup. */
const SECRET_FILE = 'secret';

/**
 * Writes a school's memory into a folder that did not exist or was empty. Everything is written beside it first and
 * moved when it is whole and on the disk: a folder with a manifest is a whole backup, whatever was killed.
 */
export async function writeBackup(
  source: RowSource,
  folder: string,
  about: Pick<BackupManifest, 'database' | 'ledgers'> & { at: number },
): Promise<BackupManifest> {
  const target = resolve(folder);
  await assertFree(target);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  makeFolder(partial);
  try {
    const tables: BackupManifest['tables'] = {};
    for (const table of source.tables) tables[table.name] = await writeTable(source, table, partial);
    const secret = source.secret === null ? null : `${source.secret}\n`;
    if (secret !== null) await writeSynced(join(partial, SECRET_FILE), secret);
    const manifest: BackupManifest = {
      format: BACKUP_FORMAT,
      edirae: VERSION,
      at: about.at,
      database: about.database,
      migrations: source.holdings.migrations,
      tables,
      ledgers: about.ledgers,
      secret: secret === null ? null : SECRET_FILE,
      ...(secret === null ? {} : { secretSha256: createHash('sha256').update(secret).digest('hex') }),
    };
    await writeSynced(join(partial, 'manifest.json'), writeManifest(manifest));
    await syncFolder(partial);
    await rmdir(target).catch(() => undefined);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Whether a backup can be written there. @throws BackupError */
export async function assertFree(folder: string): Promise<void> {
  const held = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new BackupError(`${folder} cannot be used as a folder (${error.code ?? error.message}).`);
  });
  if (held.length > 0)
    throw new BackupError(
      `${folder} is not empty. Name a folder that does not exist yet; nothing was written.`,
    );
}

async function writeTable(
  source: RowSource,
  table: PortableTable,
  folder: string,
): Promise<BackupManifest['tables'][string]> {
  const file = `${table.name}.ndjson.gz`;
  const summer = new RowSummer();
  const hash = createHash('sha256');
  async function* lines() {
    for await (const { rows } of source.rows(table, null)) {
      for (const row of rows) summer.add(row);
      yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    }
  }
  const path = join(folder, file);
  await pipeline(
    Readable.from(lines()),
    createGzip({ level: 6 }),
    async function* (chunks) {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600, flush: true }),
  );
  return { columns: table.columns, key: table.key, ...summer.sum, file, sha256: hash.digest('hex') };
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
