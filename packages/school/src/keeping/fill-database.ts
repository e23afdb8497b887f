import type { DatabaseKind } from '../store/database-kind.ts';
import { assertKnown, migrateTo } from '../store/migrate.ts';
import {
  beginFill,
  dropTables,
  fillRows,
  findFill,
  findTableProgress,
  holdsData,
  isLinked,
  linkTables,
  setTableDone,
} from '../store/portable/fill-tables.ts';
import { listAppliedMigrations, listTables } from '../store/portable/tables.ts';
import { NotEmptyError } from '../store/portable/not-empty-error.ts';
import type { Queries } from '../store/transaction.ts';
import { sumUp } from './database-source.ts';
import { listDifferences, type RowSource } from './row-source.ts';

/** What was written does not match what was read. */
export class FillError extends Error {
  override readonly name = 'FillError';
}

export interface FillOptions {
  /** Whether a school that is there may be removed. */
  replace: boolean;
  /** Told after each batch. */
  progress?: ((table: string, rows: number) => void) | undefined;
}

/**
 * Writes everything of a source into a database that is empty, or was broken off by a kill while the same was written
 * into it: then it goes on. Ends with every row compared; the fill stays open, so that nobody uses the database yet. The
 * tables are those of the source's version.
 * @throws NotEmptyError, SchemaVersionError, FillError
 */
export async function fillDatabase(
  source: RowSource,
  target: { db: Queries; kind: DatabaseKind },
  options: FillOptions,
): Promise<void> {
  const { db, kind } = target;
  const { migrations } = source.holdings;
  assertKnown(migrations, kind);
  if (migrations.length === 0) throw new FillError(`${source.name} holds no database of Edirae's yet.`);
  const print = JSON.stringify(source.holdings);
  if ((await findFill(db, kind)) !== print) {
    await makeRoom(target, options.replace);
    await migrateTo(db, kind, migrations.at(-1) ?? '');
    await beginFill(db, kind, print);
  }
  if (await isLinked(db)) return;
  const tables = await listTables(db, kind);
  const missing = source.tables.filter(({ name }) => !tables.some((table) => table.name === name));
  if (missing.length > 0)
    throw new FillError(`There is no place for the table ${missing.map(({ name }) => name).join(', ')}.`);
  for (const table of source.tables) {
    const { mark, done } = await findTableProgress(db, table.name);
    if (done) continue;
    let rows = 0;
    for await (const batch of source.rows(table, mark)) {
      await fillRows(db, table, batch);
      rows += batch.rows.length;
      options.progress?.(table.name, rows);
    }
    await setTableDone(db, table.name);
  }
  const differences = listDifferences(source.holdings, await sumUp(db, kind, tables));
  if (differences.length > 0)
    throw new FillError(`What was written differs from what was read, in: ${differences.join(', ')}.`);
  await linkTables(db, kind);
}

/** Leaves an empty database behind, without asking whose unfinished fill it was: that holds nothing that is not elsewhere. */
async function makeRoom({ db, kind }: { db: Queries; kind: DatabaseKind }, replace: boolean) {
  const tables = await listTables(db, kind).catch(() => []);
  const unfinished = (await findFill(db, kind)) !== undefined;
  if ((await listAppliedMigrations(db, kind)).length === 0) {
    if (tables.length === 0) return;
    throw new NotEmptyError(
      `The database holds tables that are not Edirae's (${tables.map(({ name }) => name).join(', ')}). Give Edirae a database of its own.`,
    );
  }
  if (!unfinished && !replace && (await holdsData(db, tables)))
    throw new NotEmptyError('There is a school already. Add --replace to remove it; nothing was changed.');
  await dropTables(db, kind);
}
