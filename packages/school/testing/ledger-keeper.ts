import { randomBytes } from 'node:crypto';
import { openDatabase, type Database } from '../src/store/database.ts';
import type { LedgerKeeper } from '../src/store/act-on.ts';
import { StateMemory } from '../src/store/learner-state.ts';
import type { Place } from './databases.ts';

/** A ledger without the rest of the school, with a clock that the test sets. */
export interface TestKeeper extends LedgerKeeper, Database {
  time: { now: number };
}

let ids = 0;
const run = randomBytes(4).toString('hex');

/** Opens the ledger of a place. */
export async function openKeeper(place: Place, clockOffsetMs = 0): Promise<TestKeeper> {
  return openTestKeeperAt(place.config, clockOffsetMs);
}

/** Opens the ledger of a data folder or a PostgreSQL database. */
export async function openTestKeeperAt(
  config: { dataDir: string; databaseUrl: string | null },
  clockOffsetMs = 0,
): Promise<TestKeeper> {
  const database = await openDatabase(config);
  const time = { now: Date.UTC(2026, 0, 5, 9) };
  return {
    ...database,
    time,
    clock: () => time.now + clockOffsetMs,
    newId: () => `id-${run}-${++ids}`,
    config: { clockOffsetMs },
    shiftMarked: new Set(),
    states: new StateMemory(),
  };
}
