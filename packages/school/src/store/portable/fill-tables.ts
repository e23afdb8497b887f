import { sql } from 'kysely';
import type { DatabaseKind } from '../database-kind.ts';
import { transact, type Queries } from '../transaction.ts';
import { fromPortable } from './portable-row.ts';
import type { Mark, RowBatch } from './read-rows.ts';
import { PROGRESS_TABLE, type PortableTable } from './tables.ts';

/** Parameters of one insert: both databases take more. */
const PARAMETERS = 20_000;

/** How far a table has been filled. */
export interface TableProgress {
  mark: Mark | null;
  done: boolean;
}

/** What this database is being filled from, or undefined where no fill is open. */
export async function findFill(db: Queries, kind: DatabaseKind): Promise<string | undefined> {
  const exists =
    kind === 'sqlite'
      ? sql<{ n: number }>`select count(*) as n from sqlite_schema where name = ${PROGRESS_TABLE}`
      : sql<{ n: number }>`select count(to_regclass(${PROGRESS_TABLE})) as n`;
  if (Number((await exists.execute(db)).rows[0]?.n ?? 0) === 0) return undefined;
  return findProgress(db, 'source');
}

/** Opens a fill of empty tables: links between them are set aside until all rows are there. */
export async function beginFill(db: Queries, kind: DatabaseKind, source: string): Promise<void> {
  await transact(db, async (tx) => {
    await sql`create table ${sql.table(PROGRESS_TABLE)} (id text primary key, value text not null)`.execute(
      tx,
    );
    await setProgress(tx, 'source', source);
    if (kind === 'postgres') await setProgress(tx, 'links', JSON.stringify(await takeLinksOff(tx)));
    // A fresh database has facts of its own, such as the time it was made; what comes brings them along.
    await sql`delete from meta`.execute(tx);
  });
}

/** Writes some rows and how far that is, together. */
export async function fillRows(db: Queries, table: PortableTable, { rows, mark }: RowBatch): Promise<void> {
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const perInsert = Math.max(1, Math.floor(PARAMETERS / table.columns.length));
  await transact(db, async (tx) => {
    for (let start = 0; start < rows.length; start += perInsert) {
      const values = rows
        .slice(start, start + perInsert)
        .map((row) => sql`(${sql.join(row.map((value) => sql.val(fromPortable(value))))})`);
      await sql`insert into ${sql.table(table.name)} (${columns}) values ${sql.join(values)}`.execute(tx);
    }
    await setProgress(tx, `table ${table.name}`, JSON.stringify({ mark, done: false }));
  });
}

/** Says that a table has all its rows. */
export async function setTableDone(db: Queries, table: string): Promise<void> {
  await setProgress(db, `table ${table}`, JSON.stringify({ mark: null, done: true }));
}

/** How far a table has been filled. */
export async function findTableProgress(db: Queries, table: string): Promise<TableProgress> {
  const text = await findProgress(db, `table ${table}`);
  return text === undefined ? { mark: null, done: false } : (JSON.parse(text) as TableProgress);
}

/** Lets the links between tables hold again, once all rows are there. */
export async function linkTables(db: Queries, kind: DatabaseKind): Promise<void> {
  await transact(db, async (tx) => {
    if (kind === 'postgres') {
      const links = JSON.parse((await findProgress(tx, 'links')) ?? '[]') as Link[];
      for (const { table, name, definition } of links)
        await sql`alter table ${sql.table(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(
          tx,
        );
    } else {
      const { rows } = await sql<{ table: string; parent: string }>`pragma foreign_key_check`.execute(tx);
      const [broken] = rows;
      if (broken)
        throw new Error(`A row of ${broken.table} names a row of ${broken.parent} that is not there.`);
    }
    await setProgress(tx, 'linked', 'yes');
  });
}

/** Whether all rows are there and the links hold. */
export async function isLinked(db: Queries): Promise<boolean> {
  return (await findProgress(db, 'linked')) !== undefined;
}

/** Closes a fill: from now on the database can be opened. `work` is done in the same transaction. */
export async function endFill(db: Queries, work: (tx: Queries) => Promise<void>): Promise<void> {
  await transact(db, async (tx) => {
    await work(tx);
    await sql`drop table ${sql.table(PROGRESS_TABLE)}`.execute(tx);
  });
}

/** Removes every table of ours, whatever its version. */
export async function dropTables(db: Queries, kind: DatabaseKind): Promise<void> {
  await transact(db, async (tx) => {
    if (kind !== 'postgres') throw new Error('A SQLite database is replaced as a file.');
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace`.execute(tx);
    for (const { name } of rows) await sql`drop table ${sql.table(name)} cascade`.execute(tx);
  });
}

/** Whether a learner, an account or an entry of the audit log would be lost with this database. */
export async function holdsData(db: Queries, tables: readonly PortableTable[]): Promise<boolean> {
  for (const name of ['learners', 'user', 'ledger_events']) {
    if (!tables.some((table) => table.name === name)) continue;
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(db);
    if (rows.length > 0) return true;
  }
  return false;
}

/** A foreign key, as PostgreSQL would write it down. */
interface Link {
  table: string;
  name: string;
  definition: string;
}

async function takeLinksOff(tx: Queries): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select r.relname as "table", c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class r on r.oid = c.conrelid
    where c.contype = 'f' and c.connamespace = current_schema()::regnamespace
    order by 1, 2`.execute(tx);
  for (const { table, name } of rows)
    await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`.execute(tx);
  return rows;
}

async function findProgress(db: Queries, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`
    select value from ${sql.table(PROGRESS_TABLE)} where id = ${id}`.execute(db);
  return rows[0]?.value;
}

async function setProgress(db: Queries, id: string, value: string): Promise<void> {
  await sql`
    insert into ${sql.table(PROGRESS_TABLE)} (id, value) values (${id}, ${value})
    on conflict (id) do update set value = excluded.value`.execute(db);
}
