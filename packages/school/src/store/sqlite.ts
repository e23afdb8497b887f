import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import type { Dialect, Driver } from 'kysely';
import { startCheckpoints } from './checkpoints.ts';
import { lockFolder } from './folder-lock.ts';
import { GroupSync } from './group-sync.ts';

/** Name of the database file inside the data folder. */
export const DATABASE_FILE = 'edirae.db';

/** How many prepared statements are kept; the store uses fewer than a hundred. */
const STATEMENTS = 300;

/** `node:sqlite` compiles a statement on every call; the texts repeat, so the compiled ones are kept. */
class PreparedDatabase extends DatabaseSync {
  readonly #prepared = new Map<string, StatementSync>();
  #schemaChanges = 0;
  #totalChanges: StatementSync | undefined;

  override prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    // A schema change may alter the columns of statements that were compiled before it.
    const isSchemaChange = /^\s*(create|alter|drop)\b/i.test(sql);
    if (isSchemaChange) this.#schemaChanges += 1;
    if (this.#prepared.size >= STATEMENTS || isSchemaChange) this.#prepared.clear();
    const statement = withKnownColumns(super.prepare(sql));
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** Rows changed and statements run on the schema since it was opened: it grows with every write. */
  get changes(): number {
    this.#totalChanges ??= super.prepare('select total_changes() as changes');
    return Number(this.#totalChanges.get()?.['changes']) + this.#schemaChanges;
  }
}

/** Kysely's driver asks a statement for its columns on every run, and each answer is built anew. */
function withKnownColumns(statement: StatementSync): StatementSync {
  const columns = statement.columns();
  return Object.defineProperty(statement, 'columns', { value: () => columns });
}

/**
 * Opens the data folder's database as its only writer, durable: an act that returned survives a power cut. A commit itself is not synced;
 * whoever made it waits, once the connection is free for the next, until the log that holds it is on the disk, together with all who
 * committed meanwhile (ADR 0012).
 */
export function openSqlite(dataDir: string): { dialect: Dialect; release: () => void } {
  const unlock = lockFolder(dataDir);
  try {
    const file = join(dataDir, DATABASE_FILE);
    // SQLite would let everybody on the machine read it; its companion files take over the mode of this one.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    const database = new PreparedDatabase(file, { enableForeignKeyConstraints: true, timeout: 5_000 });
    database.exec('pragma journal_mode = wal; pragma synchronous = normal;');
    // The log exists once something was read, and stays the same file until the database is closed.
    database.exec('select count(*) from sqlite_schema');
    const log = new GroupSync(`${file}-wal`);
    const stopCheckpoints = startCheckpoints(database, file);
    const release = () => {
      stopCheckpoints();
      log.close();
      unlock();
    };
    return { dialect: syncedDialect(database, log), release };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * Nobody who wrote, or who acted on what others wrote, goes on before that is on the disk. The connection is free for the next meanwhile.
 */
function syncedDialect(database: PreparedDatabase, log: GroupSync): Dialect {
  const dialect = new NodeSqliteDialect({ database });
  return {
    createDriver: () => {
      const driver: Driver = dialect.createDriver();
      const begin = driver.beginTransaction.bind(driver);
      const release = driver.releaseConnection.bind(driver);
      let isTransaction = false;
      let last = 0;
      let synced = 0;
      driver.beginTransaction = async (connection, settings) => {
        isTransaction = true;
        return begin(connection, settings);
      };
      driver.releaseConnection = async (connection) => {
        const { changes } = database;
        // A single query that only read has promised nobody anything.
        const waits = changes > synced && (isTransaction || changes !== last);
        isTransaction = false;
        last = changes;
        await release(connection);
        if (!waits) return;
        await log.sync();
        synced = Math.max(synced, changes);
      };
      return driver;
    },
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createAdapter: () => dialect.createAdapter(),
  };
}

/** Opens a database file that nobody else has, with the links between tables not yet enforced: it is being filled. */
export function openSqliteToFill(file: string): Dialect {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const database = new PreparedDatabase(file, { enableForeignKeyConstraints: false });
  database.exec('pragma journal_mode = wal; pragma synchronous = full;');
  return new NodeSqliteDialect({ database });
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
