import { hostname, userInfo } from 'node:os';
import { leaveAuditEntry } from '../keeping/audit-inbox.ts';
import { newId } from '../new-id.ts';
import { openDatabase } from '../store/database.ts';
import { insertAuditEntry, type AdministrativeAct, type AuditEntry } from '../store/audit-log.ts';
import type { Queries } from '../store/transaction.ts';

/** PostgreSQL's code for a table that is not there. */
const UNDEFINED_TABLE = '42P01';

/** What was done, before it has a time and a doer. */
export interface Act {
  act: AdministrativeAct;
  outcome?: 'done' | 'failed';
  details: Record<string, unknown>;
}

/** Whoever gave a command on this machine. */
export function commandLine(): string {
  return `command line, ${nameOfUser()} on ${hostname()}`;
}

/** An operator who is signed in. */
export function byViewer(viewer: { userId: string | null } | null): string {
  return `account ${viewer?.userId ?? 'unknown'}`;
}

/** Writes an act into the audit log, in the transaction of the act where there is one. */
export async function recordAct(db: Queries, act: Act, by: string, at = Date.now()): Promise<void> {
  await insertAuditEntry(db, toEntry(act, by, at));
}

/** Writes an act of a command that runs beside a server: on SQLite, and where there is no log yet, through the data folder. */
export async function recordActBeside(
  place: { dataDir: string; databaseUrl: string | null },
  act: Act,
  by: string,
): Promise<void> {
  const entry = toEntry(act, by, Date.now());
  if (place.databaseUrl === null) return leaveAuditEntry(place.dataDir, entry);
  const { db, close } = await openDatabase(place, 'fill');
  try {
    await insertAuditEntry(db, entry);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNDEFINED_TABLE) throw error;
    leaveAuditEntry(place.dataDir, entry);
  } finally {
    await close();
  }
}

function toEntry({ act, outcome = 'done', details }: Act, by: string, at: number): AuditEntry {
  return { id: newId(), at, act, by, outcome, details };
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
