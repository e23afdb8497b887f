import type { Config } from './config.ts';
import { deriveSigningKey, type SigningKey } from './keys.ts';
import { findSecret } from './secret.ts';
import { openDatabase } from './store/database.ts';
import type { Queries } from './store/transaction.ts';

/** A school that can only be looked at: no lock, no content, nothing written, also beside a running server. */
export interface ReadableSchool {
  db: Queries;
  clock(): number;
  /** Undefined where this machine does not have the school's secret. */
  signingKey: SigningKey | undefined;
  close(): Promise<void>;
}

/** Opens what is remembered, read-only. */
export async function openForReading(config: Config): Promise<ReadableSchool> {
  const { db, close } = await openDatabase(config, 'read');
  const secret = await findSecret(config, db);
  return {
    db,
    clock: () => Date.now() + config.clockOffsetMs,
    signingKey: secret === undefined ? undefined : deriveSigningKey(secret),
    close,
  };
}
