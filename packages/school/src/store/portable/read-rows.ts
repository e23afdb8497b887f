import { sql, type RawBuilder } from 'kysely';
import type { Queries } from '../transaction.ts';
import { toPortable, type PortableRow, type PortableValue } from './portable-row.ts';
import type { PortableTable } from './tables.ts';

/** Rows read at a time: few enough that a server beside it does not wait. */
const BATCH = 500;

/** The primary key of the last row that was read. */
export type Mark = PortableValue[];

/** Some rows of a table, and where to go on. */
export interface RowBatch {
  rows: PortableRow[];
  mark: Mark;
}

/** Facts about one installation, which never leave it with the tables: the secret travels apart, or not at all. */
export const SECRET_KEY = 'secret';
/** What a database was filled from. */
export const TAKEN_IN_KEY = 'taken-in';
const LOCAL_KEYS = [SECRET_KEY, TAKEN_IN_KEY];

/** The rows of a table after a mark, in the order of its primary key. */
export async function* readRows(
  db: Queries,
  table: PortableTable,
  after: Mark | null,
): AsyncGenerator<RowBatch> {
  const name = sql.table(table.name);
  const columns = list(table.columns);
  const key = list(table.key);
  const keyPlaces = table.key.map((column) => table.columns.indexOf(column));
  for (let mark = after; ;) {
    const from =
      mark === null ? sql`true` : sql`(${key}) > (${sql.join(mark.map((value) => sql.val(value)))})`;
    const where =
      table.name === 'meta' ? sql`${from} and ${sql.ref('key')} not in (${sql.join(LOCAL_KEYS)})` : from;
    const result = await sql<Record<string, unknown>>`
      select ${columns} from ${name} where ${where} order by ${key} limit ${sql.lit(BATCH)}`.execute(db);
    const rows = result.rows.map((row) => table.columns.map((column) => toPortable(row[column])));
    const last = rows.at(-1);
    if (last === undefined) return;
    mark = keyPlaces.map((place) => last[place] ?? null);
    yield { rows, mark };
    if (rows.length < BATCH) return;
  }
}

function list(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}
