import type { BackupManifest } from '../keeping/backup-manifest.ts';
import type { Place } from '../keeping/database-source.ts';
import { checkBackup, openBackup } from '../keeping/read-backup.ts';
import { takeIn, type TakenIn, type TakeInOptions } from '../keeping/take-in.ts';

/** A school that was restored. */
export interface RestoredSchool extends TakenIn {
  manifest: BackupManifest;
}

/**
 * Restores a backup into a place: an empty one, or with `replace` one whose school is put aside. Either database
 * takes a backup of either. First every file is compared with the manifest; in the end every row with the files.
 * @throws BackupError, NotEmptyError, FolderLockedError, InUseError, SchemaVersionError
 */
export async function restoreSchool(
  place: Place,
  folder: string,
  options: TakeInOptions,
): Promise<RestoredSchool> {
  const { manifest, source } = await openBackup(folder);
  await checkBackup(folder, manifest);
  const act = {
    act: 'restore' as const,
    details: { from: folder, takenAt: manifest.at, from_version: manifest.edirae },
  };
  return { manifest, ...(await takeIn(source, place, act, options)) };
}
