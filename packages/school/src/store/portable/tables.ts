import { sql } from 'kysely';
import type { DatabaseKind } from '../database-kind.ts';
import type { Queries } from '../transaction.ts';

/** A table as it is carried from one place to another. */
export interface PortableTable {
  name: string;
  /** In alphabetical order, which is the same on both databases. */
  columns: string[];
  /** Columns of the primary key: what rows are read in the order of. */
  key: string[];
}

/** What a fill has done so far stands here, in the database that is being filled. */
export const PROGRESS_TABLE = 'keeping_progress';

/** Of this minute only, or about the database itself. */
const LEFT_BEHIND: readonly string[] = [
  'presences',
  'rate_buckets',
  'kysely_migration',
  'kysely_migration_lock',
  PROGRESS_TABLE,
];

/** Every table whose rows are worth keeping, found in the database itself, so that a new one cannot be forgotten. */
export async function listTables(db: Queries, kind: DatabaseKind): Promise<PortableTable[]> {
  const columns = kind === 'sqlite' ? await listSqliteColumns(db) : await listPostgresColumns(db);
  const tables = new Map<string, PortableTable>();
  for (const { table, column, key } of columns) {
    if (LEFT_BEHIND.includes(table)) continue;
    const known = tables.get(table) ?? { name: table, columns: [], key: [] };
    tables.set(table, known);
    known.columns.push(column);
    if (Number(key) > 0) known.key[Number(key) - 1] = column;
  }
  for (const table of tables.values()) {
    table.columns.sort();
    if (table.key.length === 0)
      throw new Error(`The table ${table.name} has no primary key and cannot be kept.`);
  }
  return [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Column {
  table: string;
  column: string;
  /** Place in the primary key, from 1; 0: not part of it. */
  key: number;
}

async function listSqliteColumns(db: Queries): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select t.name as "table", c.name as "column", c.pk as "key"
    from sqlite_schema t, pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'
    order by t.name, c.cid`.execute(db);
  return rows;
}

async function listPostgresColumns(db: Queries): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as "table", a.attname as "column",
      coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) as "key"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    order by c.relname, a.attnum`.execute(db);
  return rows;
}

/** Names of the migrations that this database has been through, in order; empty for an empty database. */
export async function listAppliedMigrations(db: Queries, kind: DatabaseKind): Promise<string[]> {
  const exists =
    kind === 'sqlite'
      ? sql<{ n: number }>`select count(*) as n from sqlite_schema where name = 'kysely_migration'`
      : sql<{ n: number }>`select count(to_regclass('kysely_migration')) as n`;
  const { rows } = await exists.execute(db);
  if (Number(rows[0]?.n ?? 0) === 0) return [];
  const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return applied.rows.map(({ name }) => name);
}
