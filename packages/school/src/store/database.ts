import { Kysely, PostgresDialect, sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { Pool, types } from 'pg';
import type { Config } from '../config.ts';
import type { DatabaseKind } from './database-kind.ts';
import { assertMigrated, migrate, type Upgrade } from './migrate.ts';
import { toQuerySeen, type QuerySeen } from './query-seen.ts';
import type { Schema } from './schema.ts';
import { openSqlite, openSqliteReadOnly } from './sqlite.ts';
import { guardTransactions } from './transaction.ts';

/** The open database: one Kysely for everything, better-auth included. */
export interface Database {
  db: Kysely<Schema>;
  kind: DatabaseKind;
  /** Made when it was opened. */
  upgrade: Upgrade | undefined;
  close(): Promise<void>;
}

/**
 * How a database is opened. `write` brings its tables up to date. `read` changes nothing: it opens beside a running
 * server and refuses a database whose tables are not those of this version. `snapshot` reads one of any version.
 * `fill` writes, and leaves the tables as they are.
 */
export type OpenMode = 'write' | 'read' | 'snapshot' | 'fill';

const POSTGRES_INT8 = 20;

/** Connections are named, so that others can see that somebody is there. */
export const APPLICATION_NAME = `edirae ${randomBytes(6).toString('hex')}`;

/** Any number: processes that upgrade one PostgreSQL database take turns by it. */
const UPGRADE_LOCK = 0x65_64_69_72;

export interface OpenOptions {
  /** Told of every statement. */
  onQuery?: (query: QuerySeen) => void;
  /** Awaited before tables of an earlier version are changed; where it throws, they are not. */
  beforeUpgrade?: (upgrade: Upgrade) => Promise<void>;
}

/** Opens the configured database. */
export async function openDatabase(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  mode: OpenMode = 'write',
  { onQuery, beforeUpgrade }: OpenOptions = {},
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
    let upgrade: Upgrade | undefined;
    if (mode === 'write') upgrade = await takingTurns(db, kind, () => migrate(db, kind, beforeUpgrade));
    if (mode === 'read') await assertMigrated(db, kind);
    return { db, kind, upgrade, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openFolder(dataDir: string, mode: OpenMode) {
  return mode === 'write' || mode === 'fill' ? openSqlite(dataDir) : openSqliteReadOnly(dataDir);
}

/** Several servers that start at once on one database upgrade it once, with one backup. */
async function takingTurns<T>(db: Kysely<Schema>, kind: DatabaseKind, act: () => Promise<T>): Promise<T> {
  if (kind === 'sqlite') return act();
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${UPGRADE_LOCK})`.execute(connection);
    try {
      return await act();
    } finally {
      await sql`select pg_advisory_unlock(${UPGRADE_LOCK})`.execute(connection);
    }
  });
}

function openPostgres(connectionString: string) {
  const pool = new Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: APPLICATION_NAME,
    // A process that stands still inside an act would hold its learner's row for ever.
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    types: {
      // Every bigint here is a time in milliseconds or a sequence number: exact as a JavaScript number.
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === POSTGRES_INT8 ? (value: string) => Number(value) : types.getTypeParser(oid, format as 'text'),
    },
  });
  // A connection that breaks is replaced by the pool, and whoever was using it hears of it from the query; without listeners it would end
  // the process, idle (the pool's) or in use (its own).
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return { dialect: new PostgresDialect({ pool }), release: () => {} };
}

/** Other connections of Edirae's to this PostgreSQL database: servers, workers and commands. */
export async function countOthers(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and application_name like 'edirae%'
      and application_name <> ${APPLICATION_NAME}`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
