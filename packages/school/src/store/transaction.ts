import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect, Driver, Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Anything that can run a query: the database, or one open transaction. */
export type Queries = Kysely<Schema>;

/** The transaction that the running code is inside of. An object, because work that outlives it inherits it. */
const current = new AsyncLocalStorage<{ open: boolean }>();

const ATTEMPTS = 6;

/**
 * Runs `work` in one transaction and retries it when the database asks for that, so `work` must touch nothing
 * but its transaction. `snapshot` gives a consistent read-only view.
 */
export async function transact<T>(
  db: Queries,
  work: (tx: Transaction<Schema>) => Promise<T>,
  mode: 'write' | 'snapshot' = 'write',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const place = { open: true };
    try {
      const builder =
        mode === 'snapshot'
          ? db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
          : db.transaction();
      return await builder.execute((tx) => current.run(place, () => work(tx)));
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await sleep(2 ** attempt * (5 + Math.random() * 5));
    } finally {
      place.open = false;
    }
  }
}

/** True for failures that a second try can cure: a serialisation failure, a deadlock, a busy file. */
export function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === '40001' || code === '40P01') return true;
  // SQLite: the low byte is the primary code; 5 is BUSY, 6 is LOCKED.
  return typeof errcode === 'number' && ((errcode & 0xff) === 5 || (errcode & 0xff) === 6);
}

/**
 * Refuses a query that is made beside the open transaction by the code inside it. On SQLite there is one
 * connection, so such a query would wait for its own transaction for ever; on PostgreSQL it would not be rolled back.
 */
export function guardTransactions(dialect: Dialect): Dialect {
  return {
    createDriver: () => guardDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    // Both databases can roll a schema change back; the SQLite dialect denies it out of caution.
    createAdapter: () =>
      Object.defineProperty(dialect.createAdapter(), 'supportsTransactionalDdl', { value: true }),
  };
}

function guardDriver(driver: Driver): Driver {
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async (options) => {
    if (current.getStore()?.open) {
      throw new Error(
        'A query was made beside the open transaction: inside it, use the transaction that was handed in.',
      );
    }
    return acquire(options);
  };
  return driver;
}
