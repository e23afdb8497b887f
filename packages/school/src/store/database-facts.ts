import { sql } from 'kysely';
import type { DatabaseKind } from './database-kind.ts';
import type { Queries } from './transaction.ts';

/** What a database says of itself. */
export interface DatabaseFacts {
  /** `SQLite 3.50.4`, `PostgreSQL 15.9`. */
  version: string;
  /** 15 for PostgreSQL 15.9; 3 for SQLite. */
  major: number;
  bytes: number;
  /** Epoch milliseconds by its own clock; null where it has none of its own. */
  clock: number | null;
  /** May make tables, and pg-boss a schema of its own. */
  mayCreate: boolean;
  /** Connections in use and allowed; null on SQLite. */
  connections: { used: number; allowed: number } | null;
}

/** Asks a database about itself. */
export async function readDatabaseFacts(db: Queries, kind: DatabaseKind): Promise<DatabaseFacts> {
  return kind === 'sqlite' ? sqliteFacts(db) : postgresFacts(db);
}

async function sqliteFacts(db: Queries): Promise<DatabaseFacts> {
  const { rows } = await sql<{ version: string; bytes: number }>`
    select sqlite_version() as version, page_count * page_size as bytes
    from pragma_page_count(), pragma_page_size()`.execute(db);
  const [row] = rows;
  return {
    version: `SQLite ${row?.version ?? ''}`,
    major: 3,
    bytes: Number(row?.bytes ?? 0),
    clock: null,
    mayCreate: true,
    connections: null,
  };
}

interface PostgresRow {
  version: string;
  number: number;
  bytes: number;
  clock: number;
  mayCreate: boolean;
  used: number;
  allowed: number;
}

async function postgresFacts(db: Queries): Promise<DatabaseFacts> {
  const { rows } = await sql<PostgresRow>`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int as number,
      pg_database_size(current_database()) as bytes,
      (extract(epoch from clock_timestamp()) * 1000)::bigint as clock,
      has_schema_privilege(current_schema(), 'create')
        and has_database_privilege(current_database(), 'create') as "mayCreate",
      (select count(*) from pg_stat_activity) as used,
      current_setting('max_connections')::int as allowed`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL said nothing about itself.');
  return {
    version: `PostgreSQL ${row.version}`,
    major: Math.floor(row.number / 10_000),
    bytes: row.bytes,
    clock: row.clock,
    mayCreate: row.mayCreate,
    connections: { used: row.used, allowed: row.allowed },
  };
}

/** When the newest event was recorded; undefined where there is none. Looks at every learner's head. */
export async function findLastEventAt(db: Queries): Promise<number | undefined> {
  const { at } = await db
    .selectFrom('learners')
    .innerJoin('ledger_events', (join) =>
      join
        .onRef('ledger_events.learner_id', '=', 'learners.id')
        .onRef('ledger_events.seq', '=', 'learners.head_seq'),
    )
    .select(({ fn }) => fn.max('ledger_events.at').as('at'))
    .executeTakeFirstOrThrow();
  return at === null ? undefined : Number(at);
}

/** What the database finds wrong with its own files, in its words; undefined where nothing. On SQLite it reads all of them. */
export async function findDamage(db: Queries, kind: DatabaseKind): Promise<string | undefined> {
  return kind === 'sqlite' ? sqliteDamage(db) : postgresDamage(db);
}

async function sqliteDamage(db: Queries): Promise<string | undefined> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db);
  const said = rows[0]?.quick_check ?? 'nothing was said';
  if (said !== 'ok') return said;
  const orphans = await sql<{ table: string; parent: string }>`pragma foreign_key_check`.execute(db);
  const [orphan] = orphans.rows;
  return orphan && `a row of ${orphan.table} has lost what it belongs to in ${orphan.parent}`;
}

async function postgresDamage(db: Queries): Promise<string | undefined> {
  const broken = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index where not indisvalid or not indisready limit 1`.execute(
    db,
  );
  if (broken.rows[0]) return `the index ${broken.rows[0].name} is not valid`;
  const sums = await sql<{ failures: string | null }>`
    select checksum_failures as failures from pg_stat_database where datname = current_database()`.execute(
    db,
  );
  const failures = Number(sums.rows[0]?.failures ?? 0);
  return failures === 0 ? undefined : `${failures} pages did not fit their checksums`;
}
