import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { auditEntrySchema, insertAuditEntry, type AuditEntry } from '../store/audit-log.ts';
import type { Queries } from '../store/transaction.ts';

/**
 * On SQLite only the server writes to the database. A command that runs beside it leaves its entry here, and the
 * server takes it over.
 */
const INBOX = 'audit';

/** Leaves an entry for whoever writes to the data folder's database. */
export function leaveAuditEntry(dataDir: string, entry: AuditEntry): void {
  const folder = join(dataDir, INBOX);
  makeFolder(folder);
  const file = join(folder, `${entry.id}.json`);
  writeFileSync(`${file}.partial`, JSON.stringify(entry), { mode: 0o600, flush: true });
  renameSync(`${file}.partial`, file);
}

/** Entries that were left and not taken over yet. */
export function listLeftEntries(dataDir: string): AuditEntry[] {
  return listFiles(dataDir).flatMap((file) => {
    try {
      return [auditEntrySchema.parse(JSON.parse(readFileSync(file, 'utf8')))];
    } catch {
      // Taken over in this moment, or none of ours.
      return [];
    }
  });
}

/** Takes over what was left. An entry is removed only once the log has it. */
export async function takeOverAuditEntries(dataDir: string, db: Queries): Promise<void> {
  for (const file of listFiles(dataDir)) {
    const entry = auditEntrySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!entry.success) continue;
    await insertAuditEntry(db, entry.data);
    rmSync(file, { force: true });
  }
}

function listFiles(dataDir: string): string[] {
  const folder = join(dataDir, INBOX);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
