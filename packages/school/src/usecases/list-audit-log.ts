import { listLeftEntries } from '../keeping/audit-inbox.ts';
import { listAuditEntries, type AuditEntry } from '../store/audit-log.ts';
import type { Queries } from '../store/transaction.ts';

/** Entries shown at once where nobody says how many. */
const PAGE = 100;

/**
 * What whoever operates the school did, the newest first: backups, restores, moves, upgrades, retractions, erasures.
 * For the operator alone; a page that shows it asks who is looking.
 */
export async function listAuditLog(
  school: { db: Queries; config: { dataDir: string; databaseUrl: string | null } },
  options: { limit?: number; before?: { at: number; id: string } } = {},
): Promise<AuditEntry[]> {
  const { limit = PAGE, before } = options;
  const kept = await listAuditEntries(school.db, limit, before);
  if (school.config.databaseUrl !== null || before) return kept;
  // Left by a command beside the server, and not taken over yet.
  const left = listLeftEntries(school.config.dataDir).filter(
    ({ id }) => !kept.some((entry) => entry.id === id),
  );
  return [...kept, ...left].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, limit);
}
