import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import type { Dialect } from 'kysely';
import { lockFolder } from './folder-lock.ts';

/** Name of the database file inside the data folder. */
const DATABASE_FILE = 'edirae.db';

/** How many prepared statements are kept; the store uses fewer than a hundred. */
const STATEMENTS = 300;

/** `node:sqlite` compiles a statement on every call; the texts repeat, so the compiled ones are kept. */
class PreparedDatabase extends DatabaseSync {
  readonly #prepared = new Map<string, StatementSync>();

  override prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    // A schema change may alter the columns of statements that were compiled before it.
    if (this.#prepared.size >= STATEMENTS || /^\s*(create|alter|drop)\b/i.test(sql)) this.#prepared.clear();
    const statement = super.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** Opens the data folder's database as its only writer, durable: a commit that returned survives a power cut. */
export function openSqlite(dataDir: string): { dialect: Dialect; release: () => void } {
  const release = lockFolder(dataDir);
  try {
    const file = join(dataDir, DATABASE_FILE);
    // SQLite would let everybody on the machine read it; its companion files take over the mode of this one.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    const database = new PreparedDatabase(file, { enableForeignKeyConstraints: true, timeout: 5_000 });
    database.exec('pragma journal_mode = wal; pragma synchronous = full;');
    return { dialect: new NodeSqliteDialect({ database }), release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Opens the database read-only, beside a running server if there is one. */
export function openSqliteReadOnly(dataDir: string): { dialect: Dialect; release: () => void } {
  const file = join(dataDir, DATABASE_FILE);
  if (!existsSync(file))
    throw new DatabaseMissingError(`There is no database at ${file}. Set EDIRAE_DATA to the data folder.`);
  const database = new PreparedDatabase(file, { readOnly: true, timeout: 5_000 });
  return { dialect: new NodeSqliteDialect({ database }), release: () => {} };
}

/** Nothing to read: the server was never started on this folder. */
export class DatabaseMissingError extends Error {
  override readonly name = 'DatabaseMissingError';
}
