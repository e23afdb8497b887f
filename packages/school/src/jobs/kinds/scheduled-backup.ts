import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openBackup } from '../../keeping/read-backup.ts';
import { backUp } from '../../usecases/back-up.ts';
import type { JobKind } from '../job-kind.ts';

/** Folders that this job makes, and the only ones that it removes. */
const NAME = /^edirae-\d{8}T\d{6}Z$/;

/** Writes a backup into the configured folder and removes those that are more than are to be kept. */
export const scheduledBackup: JobKind<{ slot: number }> = {
  name: 'scheduled-backup',
  payload: z.strictObject({ slot: z.number().int() }),
  canRun: ({ backupDir }) => backupDir !== null,
  concurrency: 1,
  limits: { all: 3, each: 3 },
  attempts: 4,
  backoffMs: 60_000,
  timeoutMs: 4 * 60 * 60_000,
  async run(school, job) {
    const { backupDir, backupsKept } = school.config;
    if (backupDir === null) throw new Error('EDIRAE_BACKUP_DIR is not set in the process that ran this.');
    const time = new Date(job.payload.slot).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const folder = join(backupDir, `edirae-${time}`);
    // Written by a start of this job that was killed before it could say so.
    const written = await openBackup(folder).catch(() => undefined);
    if (written === undefined) {
      job.report({ done: 0, total: null, note: 'writing' });
      await backUp(school.config, folder, { by: 'schedule', at: school.clock() });
    }
    await removeOld(backupDir, backupsKept);
  },
};

async function removeOld(backupDir: string, kept: number): Promise<void> {
  const names = (await readdir(backupDir)).filter((name) => NAME.test(name)).sort();
  for (const name of names.slice(0, Math.max(0, names.length - kept)))
    await rm(join(backupDir, name), { recursive: true, force: true });
}
