import type { RowSum } from '../store/portable/portable-row.ts';
import type { Mark, RowBatch } from '../store/portable/read-rows.ts';
import type { PortableTable } from '../store/portable/tables.ts';

/** What a school's memory amounts to: enough to tell whether two are the same. */
export interface Holdings {
  /** In order; decide which version can read it. */
  migrations: string[];
  tables: Record<string, RowSum>;
}

/** A school's memory as rows, out of a database as of one moment, or out of a backup. */
export interface RowSource {
  /** For messages: never with a password in it. */
  readonly name: string;
  readonly tables: readonly PortableTable[];
  readonly holdings: Holdings;
  /** The secret that travels with it, if it does. */
  readonly secret: string | null;
  rows(table: PortableTable, after: Mark | null): AsyncIterable<RowBatch>;
}

/** What a table without rows amounts to, or one that is not there. */
const NOTHING: RowSum = { rows: 0, digest: '0'.repeat(32) };

/** Tables in which two differ; empty: they are the same. */
export function listDifferences(a: Holdings, b: Holdings): string[] {
  const names = new Set([...Object.keys(a.tables), ...Object.keys(b.tables)]);
  return [...names]
    .filter((name) => {
      const [one, other] = [a.tables[name] ?? NOTHING, b.tables[name] ?? NOTHING];
      return one.rows !== other.rows || one.digest !== other.digest;
    })
    .sort();
}
