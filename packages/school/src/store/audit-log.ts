import { z } from 'zod';
import type { Queries } from './transaction.ts';

/** Acts of whoever operates the school. */
export type AdministrativeAct =
  | 'backup'
  | 'restore'
  | 'move'
  | 'migrate'
  | 'retract'
  | 'refit-adopt'
  | 'erase'
  | 'set-model'
  | 'retry-job'
  | 'cancel-job';

/** One act of whoever operates the school, as it stays. */
export interface AuditEntry {
  id: string;
  at: number;
  /** An {@link AdministrativeAct}, or one of a later version's. */
  act: string;
  /** Who: `command line` with user and host, `schedule`, or an account's id. */
  by: string;
  outcome: 'done' | 'failed';
  /** What exactly; never an answer, never an address. */
  details: Record<string, unknown>;
}

/** An entry as it lies in a file. @throws ZodError */
export const auditEntrySchema = z.strictObject({
  id: z.string().min(1),
  at: z.number().int(),
  act: z.string().min(1),
  by: z.string().min(1),
  outcome: z.enum(['done', 'failed']),
  details: z.record(z.string(), z.unknown()),
});

/** Adds an entry; one of this id that is there already stays as it is. */
export async function insertAuditEntry(db: Queries, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({ ...entry, details: JSON.stringify(entry.details) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The newest entries before a place, the newest first. */
export async function listAuditEntries(
  db: Queries,
  limit: number,
  before?: { at: number; id: string },
): Promise<AuditEntry[]> {
  let query = db.selectFrom('audit_log').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit);
  if (before)
    query = query.where((eb) =>
      eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('id', '<', before.id)])]),
    );
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    act: row.act,
    by: row.by,
    outcome: row.outcome === 'done' ? 'done' : 'failed',
    details: JSON.parse(row.details) as Record<string, unknown>,
  }));
}
