import { sql } from 'kysely';
import { listTables } from '../src/store/portable/tables.ts';
import type { Queries } from '../src/store/transaction.ts';

interface Column {
  name: string;
  type: string;
  notnull: number;
}

interface Link {
  from: string;
  table: string;
  to: string | null;
}

/**
 * Puts a row into every table of an SQLite database that has none, so that what is kept is tried with tables that nobody thought of: numbers
 * for numbers, text for text, and where a column belongs to another table's row, that row.
 */
export async function fillEveryTable(db: Queries): Promise<void> {
  const tables = (await listTables(db, 'sqlite')).map(({ name }) => name);
  const waiting = new Set<string>();
  for (const name of tables) if ((await firstRow(db, name)) === undefined) waiting.add(name);
  // A table comes after those that it belongs to.
  for (let before = -1; waiting.size > 0 && waiting.size !== before;) {
    before = waiting.size;
    for (const name of waiting) if (await fill(db, name)) waiting.delete(name);
  }
  if (waiting.size > 0) throw new Error(`No row could be made for ${[...waiting].join(', ')}.`);
}

async function firstRow(db: Queries, table: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)} limit 1`.execute(db);
  return rows[0];
}

async function fill(db: Queries, table: string): Promise<boolean> {
  const columns = (
    await sql<Column>`select name, type, "notnull" from pragma_table_info(${table})`.execute(db)
  ).rows;
  const links = (
    await sql<Link>`select "from", "table", "to" from pragma_foreign_key_list(${table})`.execute(db)
  ).rows;
  const row = new Map<string, unknown>();
  for (const { name, type } of columns) row.set(name, valueFor(type, `${table} ${name}`));
  for (const { from, table: parent, to } of links) {
    const owner = await firstRow(db, parent);
    if (owner === undefined) return false;
    row.set(from, owner[to ?? 'id']);
  }
  await sql`insert into ${sql.table(table)} (${sql.join([...row.keys()].map((name) => sql.ref(name)))})
    values (${sql.join([...row.values()])})`.execute(db);
  return true;
}

function valueFor(type: string, text: string): unknown {
  if (/int|real|num/i.test(type)) return 1;
  if (/blob/i.test(type)) return Buffer.from(text);
  return /date|time/i.test(type) ? '2026-01-05T09:00:00.000Z' : text;
}
