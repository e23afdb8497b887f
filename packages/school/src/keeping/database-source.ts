import type { Config } from '../config.ts';
import { findSecret } from '../secret.ts';
import { openDatabase } from '../store/database.ts';
import type { DatabaseKind } from '../store/database-kind.ts';
import { RowSummer } from '../store/portable/portable-row.ts';
import { readRows } from '../store/portable/read-rows.ts';
import { listAppliedMigrations, listTables, type PortableTable } from '../store/portable/tables.ts';
import type { Queries } from '../store/transaction.ts';
import type { Holdings, RowSource } from './row-source.ts';

/** Where a school is kept: a folder, or a PostgreSQL database with a folder beside it. */
export type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 'secret'>;

/** A place's name for messages: without the password of an address. */
export function namePlace({ dataDir, databaseUrl }: Pick<Place, 'dataDir' | 'databaseUrl'>): string {
  if (databaseUrl === null) return dataDir;
  const url = new URL(databaseUrl);
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** Adds up every row of a database as it is now. */
export async function sumUp(
  db: Queries,
  kind: DatabaseKind,
  tables: readonly PortableTable[],
): Promise<Holdings> {
  const holdings: Holdings = { migrations: await listAppliedMigrations(db, kind), tables: {} };
  for (const table of tables) {
    const summer = new RowSummer();
    for await (const { rows } of readRows(db, table, null)) rows.forEach((row) => summer.add(row));
    holdings.tables[table.name] = summer.sum;
  }
  return holdings;
}

/**
 * Hands over a database as of one moment, beside a running server too, whatever its version. The moment lasts as
 * long as `work`: on SQLite the log cannot be shortened meanwhile, on PostgreSQL no dead row be removed.
 */
export async function withDatabaseSource<T>(
  place: Place,
  work: (source: RowSource) => Promise<T>,
): Promise<T> {
  const { db, kind, close } = await openDatabase(place, 'snapshot');
  try {
    // Not `transact`, which runs its work again where the database asks for it: this work fills another database.
    return await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        const tables = await listTables(tx, kind);
        const holdings = await sumUp(tx, kind, tables);
        return work({
          name: namePlace(place),
          tables,
          holdings,
          // A configured secret is the operator's to keep and to carry.
          secret: place.secret === null && hasMeta(tables) ? ((await findSecret(place, tx)) ?? null) : null,
          rows: (table, after) => readRows(tx, table, after),
        });
      });
  } finally {
    await close();
  }
}

/** A database that was never started on has no facts to ask for. */
function hasMeta(tables: readonly PortableTable[]): boolean {
  return tables.some(({ name }) => name === 'meta');
}
