import { openDatabase, type Database } from '../src/store/database.ts';
import type { LedgerKeeper } from '../src/store/act-on.ts';
import type { Place } from './databases.ts';

/** A ledger without the rest of the school, with a clock that the test sets. */
export interface TestKeeper extends LedgerKeeper, Database {
  time: { now: number };
}

let ids = 0;

/** Opens the ledger of a place. */
export async function openKeeper(place: Place, clockOffsetMs = 0): Promise<TestKeeper> {
  const database = await openDatabase(place.config);
  const time = { now: Date.UTC(2026, 0, 5, 9) };
  return {
    ...database,
    time,
    clock: () => time.now + clockOffsetMs,
    newId: () => `id-${process.pid}-${++ids}`,
    config: { clockOffsetMs },
    shiftMarked: new Set(),
  };
}
