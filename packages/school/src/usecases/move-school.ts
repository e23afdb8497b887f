import { namePlace, sumUp, withDatabaseSource, type Place } from '../keeping/database-source.ts';
import { assertAlone } from '../store/portable/fill-target.ts';
import { listDifferences } from '../keeping/row-source.ts';
import { takeIn, type TakenIn, type TakeInOptions } from '../keeping/take-in.ts';
import { verifyChains } from '../keeping/verify-chains.ts';
import { openDatabase } from '../store/database.ts';
import { lockFolder } from '../store/folder-lock.ts';
import { listTables } from '../store/portable/tables.ts';
import type { LedgerProblem } from '../verify/problem.ts';

/** A school that was moved. */
export interface MovedSchool extends TakenIn {
  from: string;
  to: string;
  /** In the ledgers of the source. */
  problems: LedgerProblem[];
}

/** Somebody wrote to the source while it was moved. */
export class SourceChangedError extends Error {
  override readonly name = 'SourceChangedError';
}

/**
 * Copies a whole school into another place, with every row compared and every ledger verified on both sides. The
 * source is only read, and nobody may write to it meanwhile. Killed at any moment, it goes on when it is run again.
 * @throws NotEmptyError, FolderLockedError, InUseError, SourceChangedError
 */
export async function moveSchool(from: Place, to: Place, options: TakeInOptions): Promise<MovedSchool> {
  const release = await holdStill(from);
  try {
    return await withDatabaseSource(from, async (source) => {
      const problems = await verifyChains(source);
      const act = { act: 'move' as const, details: { from: source.name, to: namePlace(to) } };
      const taken = await takeIn(source, to, act, options);
      if (await hasChanged(from, source.holdings))
        throw new SourceChangedError(
          `${source.name} was written to while it was moved. Stop its servers and run the same command again with --replace.`,
        );
      return { ...taken, problems, from: source.name, to: namePlace(to) };
    });
  } finally {
    release();
  }
}

/** Keeps writers out of the source: of a folder by its lock, of a PostgreSQL database by seeing that there are none. */
async function holdStill(from: Place): Promise<() => void> {
  if (from.databaseUrl === null) return lockFolder(from.dataDir);
  const { db, close } = await openDatabase(from, 'snapshot');
  try {
    await assertAlone(db, from);
  } finally {
    await close();
  }
  return () => {};
}

async function hasChanged(from: Place, before: Parameters<typeof listDifferences>[0]): Promise<boolean> {
  const { db, kind, close } = await openDatabase(from, 'snapshot');
  try {
    return listDifferences(before, await sumUp(db, kind, await listTables(db, kind))).length > 0;
  } finally {
    await close();
  }
}
