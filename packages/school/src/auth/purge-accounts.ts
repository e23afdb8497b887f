import type { DatabaseKind } from '../store/database-kind.ts';
import type { Queries } from '../store/transaction.ts';

/** Forgets sessions and confirmations that have expired; better-auth leaves them where nobody presents them again. */
export async function purgeAccounts(db: Queries, kind: DatabaseKind, now: number): Promise<void> {
  // SQLite holds better-auth's dates as ISO texts, which compare as the times they name.
  const expired = kind === 'postgres' ? new Date(now) : new Date(now).toISOString();
  await db.deleteFrom('session').where('expiresAt', '<', expired).execute();
  await db.deleteFrom('verification').where('expiresAt', '<', expired).execute();
}
