import { existsSync, fsyncSync, closeSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { isDamaged } from '../damage.ts';
import { countOthers, openDatabase } from '../database.ts';
import type { DatabaseKind } from '../database-kind.ts';
import { lockFolder } from '../folder-lock.ts';
import { findFill, holdsData } from './fill-tables.ts';
import { listTables } from './tables.ts';
import type { Schema } from '../schema.ts';
import { DATABASE_FILE, openSqliteToFill } from '../sqlite.ts';
import { guardTransactions } from '../transaction.ts';
import { namePlace, type Place } from '../../keeping/database-source.ts';
import { NotEmptyError } from './not-empty-error.ts';

/** A database that is being filled. */
export interface FillTarget {
  db: Kysely<Schema>;
  kind: DatabaseKind;
  /** Puts what was filled in place; gives where the database that was there before lies now. */
  accept(): Promise<string | null>;
  /** Leaves what was filled so far, to go on later. */
  close(): Promise<void>;
}

/** Servers or workers are connected to the database. */
export class InUseError extends Error {
  override readonly name = 'InUseError';
}

/**
 * Opens the place that is to be filled, alone.
 * @param print what is being filled in: an unfinished fill of something else is thrown away
 * @throws FolderLockedError, InUseError, NotEmptyError
 */
export async function openFillTarget(place: Place, print: string, replace: boolean): Promise<FillTarget> {
  return place.databaseUrl === null ? openFolder(place, print, replace) : openPostgres(place);
}

/** Whether there is anything to be looked at; a PostgreSQL database always is. */
export function placeExists(place: Place): boolean {
  return place.databaseUrl !== null || existsSync(join(place.dataDir, DATABASE_FILE));
}

async function openPostgres(place: Place): Promise<FillTarget> {
  const { db, kind, close } = await openDatabase(place, 'fill');
  try {
    await assertAlone(db, place);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, kind, close, accept: async () => (await close(), null) };
}

/** @throws InUseError */
export async function assertAlone(db: Kysely<Schema>, place: Place): Promise<void> {
  const others = await countOthers(db);
  if (others > 0)
    throw new InUseError(
      `${others} other ${others === 1 ? 'connection' : 'connections'} of Edirae's to ${namePlace(place)} are open. Stop the servers and workers first; nothing was changed.`,
    );
}

/** A folder is filled beside its database, which stays as it is until everything has been compared. */
async function openFolder(place: Place, print: string, replace: boolean): Promise<FillTarget> {
  const release = lockFolder(place.dataDir);
  const file = join(place.dataDir, DATABASE_FILE);
  const incoming = `${file}.incoming`;
  let db: Kysely<Schema> | undefined;
  try {
    const keeps = existsSync(file) && (await holdsSchool(place));
    if (keeps && !replace)
      throw new NotEmptyError(
        `There is a school in ${place.dataDir} already. Add --replace to put this one in its place; nothing was changed.`,
      );
    db = openIncoming(incoming);
    if ((await findFill(db, 'sqlite')) !== print) {
      await db.destroy();
      removeDatabase(incoming);
      db = openIncoming(incoming);
    }
    const opened = db;
    return {
      db: opened,
      kind: 'sqlite',
      async accept() {
        await opened.destroy();
        const kept = keeps
          ? `${file}.before-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
          : null;
        putInPlace(incoming, file, kept);
        release();
        return kept;
      },
      async close() {
        await opened.destroy();
        release();
      },
    };
  } catch (error) {
    await db?.destroy();
    release();
    throw error;
  }
}

/** A damaged database may hold one: it is put aside like one. */
async function holdsSchool(place: Place): Promise<boolean> {
  try {
    const { db, kind, close } = await openDatabase({ ...place, databaseUrl: null }, 'snapshot');
    try {
      return await holdsData(db, await listTables(db, kind));
    } finally {
      await close();
    }
  } catch (error) {
    if (isDamaged(error)) return true;
    throw error;
  }
}

function openIncoming(file: string): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: guardTransactions(openSqliteToFill(file)) });
}

/** In one step that the file system does whole: there is a database at `file` at every moment. */
function putInPlace(incoming: string, file: string, kept: string | null): void {
  if (existsSync(file)) {
    // It must have no companions that could be taken for the new one's.
    if (!takeLogIn(file)) moveLogAside(file, kept ?? `${file}.damaged`);
    if (kept !== null) linkSync(file, kept);
  }
  renameSync(incoming, file);
  const folder = openSync(join(file, '..'), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** What stands in a database's log goes into its file. False where the file is too damaged for that. */
function takeLogIn(file: string): boolean {
  const old = new DatabaseSync(file);
  try {
    old.exec('pragma wal_checkpoint(truncate); pragma journal_mode = delete;');
    return true;
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return false;
  } finally {
    old.close();
  }
}

function moveLogAside(file: string, to: string): void {
  for (const end of ['-wal', '-shm'])
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${to}${end}`);
}

function removeDatabase(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
}
