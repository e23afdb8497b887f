import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool, types } from 'pg';
import type { Config } from '../config.ts';
import type { DatabaseKind } from './database-kind.ts';
import { listMigrations } from './migrations/index.ts';
import { toQuerySeen, type QuerySeen } from './query-seen.ts';
import type { Schema } from './schema.ts';
import { openSqlite, openSqliteReadOnly } from './sqlite.ts';
import { guardTransactions } from './transaction.ts';

/** The open database: one Kysely for everything, better-auth included. */
export interface Database {
  db: Kysely<Schema>;
  kind: DatabaseKind;
  close(): Promise<void>;
}

/** The database was written by another version of Edirae. */
export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}

const POSTGRES_INT8 = 20;

/**
 * Opens the configured database and brings its tables up to date. `read` changes nothing: it opens beside a
 * running server and refuses a database whose tables are not those of this version.
 */
export async function openDatabase(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  mode: 'write' | 'read' = 'write',
  onQuery?: (query: QuerySeen) => void,
): Promise<Database> {
  const kind = config.databaseUrl === null ? 'sqlite' : 'postgres';
  const { dialect, release } =
    config.databaseUrl === null ? openFolder(config.dataDir, mode) : openPostgres(config.databaseUrl);
  const db = new Kysely<Schema>({
    dialect: guardTransactions(dialect),
    ...(onQuery ? { log: (event) => onQuery(toQuerySeen(event)) } : {}),
  });
  const close = async () => {
    await db.destroy();
    release();
  };
  try {
    await (mode === 'write' ? migrate(db, kind) : assertMigrated(db, kind));
  } catch (error) {
    await close();
    throw error;
  }
  return { db, kind, close };
}

function openFolder(dataDir: string, mode: 'write' | 'read') {
  return mode === 'write' ? openSqlite(dataDir) : openSqliteReadOnly(dataDir);
}

function openPostgres(connectionString: string) {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      // Every bigint here is a time in milliseconds or a sequence number: exact as a JavaScript number.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === POSTGRES_INT8 ? (value: string) => Number(value) : types.getTypeParser(oid, format as 'text'),
    },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return { dialect: new PostgresDialect({ pool }), release: () => {} };
}

function createMigrator(db: Kysely<Schema>, kind: DatabaseKind): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => listMigrations(kind) } });
}

async function migrate(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const { error } = await createMigrator(db, kind).migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /corrupted migrations/.test(error.message)) throw newerDatabase(error);
  throw error;
}

async function assertMigrated(db: Kysely<Schema>, kind: DatabaseKind): Promise<void> {
  const pending = (await createMigrator(db, kind).getMigrations()).filter(
    (migration) => migration.executedAt === undefined,
  );
  if (pending.length === 0) return;
  throw new SchemaVersionError(
    `The database lacks ${pending.map((migration) => migration.name).join(', ')}. Start the server once, which brings it up to date.`,
  );
}

function newerDatabase(cause: Error): SchemaVersionError {
  return new SchemaVersionError(
    `The database was written by a newer Edirae (${cause.message}). Use that version or an older data folder.`,
    { cause },
  );
}
