import { createHash } from 'node:crypto';
import { keepSecretFile } from '../secret.ts';
import { isDamaged } from '../store/damage.ts';
import { openDatabase } from '../store/database.ts';
import { insertAuditEntry } from '../store/audit-log.ts';
import { findMeta, insertMeta, setMeta } from '../store/meta.ts';
import { migrateTo } from '../store/migrate.ts';
import { endFill, findFill } from '../store/portable/fill-tables.ts';
import { SECRET_KEY, TAKEN_IN_KEY } from '../store/portable/read-rows.ts';
import { listTables } from '../store/portable/tables.ts';
import { commandLine, type Act } from '../usecases/record-act.ts';
import { verifyLedgers, type Verification } from '../usecases/verify-ledgers.ts';
import type { Place } from './database-source.ts';
import { fillDatabase } from './fill-database.ts';
import { openFillTarget, placeExists } from '../store/portable/fill-target.ts';
import type { RowSource } from './row-source.ts';

export interface TakeInOptions {
  replace: boolean;
  progress?: ((table: string, rows: number) => void) | undefined;
}

/** A school that was taken in. */
export interface TakenIn {
  tables: Record<string, number>;
  verification: Verification;
  /** Where the database that was replaced lies now. */
  keptAs: string | null;
  /** True: an earlier run had done all of it, and only its last words were lost. */
  already: boolean;
}

/**
 * Fills a place from a source, brings it up to this version, verifies every ledger in it, and records the act in its
 * audit log; only then can it be opened. Killed at any moment, it goes on when it is run again.
 */
export async function takeIn(
  source: RowSource,
  place: Place,
  act: Act,
  options: TakeInOptions,
): Promise<TakenIn> {
  const print = JSON.stringify(source.holdings);
  const id = createHash('sha256').update(print).digest('hex').slice(0, 24);
  const tables = Object.fromEntries(
    Object.entries(source.holdings.tables).map(([name, { rows }]) => [name, rows]),
  );
  const earlier = await verifyIfTakenIn(place, id);
  if (earlier) return { tables, verification: earlier, keptAs: null, already: true };

  const target = await openFillTarget(place, print, options.replace);
  const { db, kind } = target;
  try {
    await fillDatabase(source, target, options);
    await migrateTo(db, kind);
    const verification = await verifyLedgers({ db });
    const { learners, events, ok: whole } = verification;
    await endFill(db, async (tx) => {
      const details = { ...act.details, learners, events, whole };
      const entry = {
        id,
        at: Date.now(),
        act: act.act,
        by: commandLine(),
        outcome: 'done' as const,
        details,
      };
      await insertAuditEntry(tx, entry);
      await setMeta(tx, TAKEN_IN_KEY, id);
      if (source.secret !== null && place.secret === null && kind === 'postgres')
        await insertMeta(tx, SECRET_KEY, source.secret);
    });
    if (source.secret !== null && place.secret === null && kind === 'sqlite')
      keepSecretFile(place.dataDir, source.secret);
    return { tables, verification, keptAs: await target.accept(), already: false };
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** The ledgers of a place that was filled from this very source already, and is whole enough to be read. */
async function verifyIfTakenIn(place: Place, id: string): Promise<Verification | undefined> {
  if (!placeExists(place)) return undefined;
  try {
    return await readIfTakenIn(place, id);
  } catch (error) {
    if (isDamaged(error)) return undefined;
    throw error;
  }
}

async function readIfTakenIn(place: Place, id: string): Promise<Verification | undefined> {
  const { db, kind, close } = await openDatabase(place, 'snapshot');
  try {
    const hasMeta = (await listTables(db, kind)).some(({ name }) => name === 'meta');
    if (!hasMeta || (await findFill(db, kind)) !== undefined) return undefined;
    return (await findMeta(db, TAKEN_IN_KEY)) === id ? await verifyLedgers({ db }) : undefined;
  } finally {
    await close();
  }
}
