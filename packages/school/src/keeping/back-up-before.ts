import { join } from 'node:path';
import type { Upgrade } from '../store/migrate.ts';
import { backUp } from '../usecases/back-up.ts';
import type { Log } from '../telemetry/log.ts';
import type { Place } from './database-source.ts';

/**
 * Takes a backup before the tables are changed, into the configured folder or the data folder. Where it cannot be
 * written the upgrade does not happen.
 */
export async function backUpBefore(
  place: Place & { backupDir: string | null },
  { from, to }: Upgrade,
  log: Log,
): Promise<string> {
  const at = Date.now();
  const time = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const folder = join(place.backupDir ?? join(place.dataDir, 'backups'), `before-${to}-${time}`);
  log.warn('upgrade', { from, to, note: `First a backup is written to ${folder}.` });
  await backUp(place, folder, { by: 'upgrade', at });
  return folder;
}
