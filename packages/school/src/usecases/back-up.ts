import { join } from 'node:path';
import { BackupError, type BackupManifest } from '../keeping/backup-manifest.ts';
import { withDatabaseSource, type Place } from '../keeping/database-source.ts';
import { checkBackup, openBackup } from '../keeping/read-backup.ts';
import { verifyChains } from '../keeping/verify-chains.ts';
import { assertFree, writeBackup } from '../keeping/write-backup.ts';
import type { LedgerProblem } from '../verify/problem.ts';
import { recordActBeside } from './record-act.ts';

/** A backup that was written and read back. */
export interface BackedUp {
  folder: string;
  manifest: BackupManifest;
  /** In the ledgers as they are: the backup holds exactly what was there, whole or not. */
  problems: LedgerProblem[];
}

/**
 * Writes a backup of the whole school as of one moment, beside a running server too, reads every file back, and
 * follows every ledger's chain in it.
 * @param by who asked for it, for the audit log
 * @throws BackupError
 */
export async function backUp(
  place: Place,
  folder: string,
  options: { by: string; at?: number; withSecret?: boolean },
): Promise<BackedUp> {
  await assertFree(folder);
  const manifest = await withDatabaseSource(place, async (source) => {
    const { tables, migrations } = source.holdings;
    if (migrations.length === 0) throw new BackupError(`${source.name} holds no database of Edirae's yet.`);
    return writeBackup({ ...source, secret: options.withSecret === false ? null : source.secret }, folder, {
      at: options.at ?? Date.now(),
      database: place.databaseUrl === null ? 'sqlite' : 'postgres',
      ledgers: { learners: tables['learners']?.rows ?? 0, events: tables['ledger_events']?.rows ?? 0 },
    });
  });
  const problems = await checkWritten(folder, manifest);
  const details = { folder: join(folder), ...manifest.ledgers, problems: problems.length };
  await recordActBeside(place, { act: 'backup', details }, options.by);
  return { folder, manifest, problems };
}

async function checkWritten(folder: string, manifest: BackupManifest): Promise<LedgerProblem[]> {
  await checkBackup(folder, manifest);
  const { source } = await openBackup(folder);
  return verifyChains(source);
}
