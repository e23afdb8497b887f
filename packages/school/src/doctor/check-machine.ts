import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { makeFolder } from '../make-folder.ts';
import { findSecretFile, SECRET_FILE } from '../secret.ts';
import { FolderLockedError, lockFolder } from '../store/folder-lock.ts';
import { DATABASE_FILE } from '../store/sqlite.ts';
import { fault, ok, reasonOf, warning, type Diagnosis } from './diagnosis.ts';

const NODE = 24;

/** Free bytes under which nothing can be promised, and under which it is time to look. */
const DISK_FAIL = 200 * 2 ** 20;
const DISK_WARN = 2 * 2 ** 30;

/** The Node that runs this. */
export function checkNode(version = process.versions.node): Diagnosis {
  const major = Number(version.split('.')[0]);
  return major >= NODE
    ? ok('node', `Node ${version}`)
    : fault(
        'node',
        `Node ${version}; ${NODE} or later is needed`,
        'On Linux run npm ci, which brings it along; elsewhere install it from https://nodejs.org.',
      );
}

/** Room on the disk of the data folder. */
export async function checkDisk(dataDir: string): Promise<Diagnosis> {
  try {
    makeFolder(dataDir);
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const said = `${(free / 2 ** 30).toFixed(1)} GiB are free where ${dataDir} lies`;
    const todo = 'Free some, or set EDIRAE_DATA to a folder on a larger disk.';
    if (free < DISK_FAIL) return fault('disk', said, todo);
    return free < DISK_WARN ? warning('disk', said, todo) : ok('disk', said);
  } catch (error) {
    return fault(
      'disk',
      `${dataDir} cannot be used as a folder (${reasonOf(error)})`,
      'Set EDIRAE_DATA to another one.',
    );
  }
}

/** Whether the data folder can be written to, and by whom it can be read. */
export async function checkFolder(dataDir: string): Promise<Diagnosis> {
  const probe = join(dataDir, `.doctor-${process.pid}`);
  try {
    const file = await open(probe, 'w', 0o600);
    try {
      await file.writeFile('x');
      await file.sync();
    } finally {
      await file.close();
      await rm(probe, { force: true });
    }
    const database = join(dataDir, DATABASE_FILE);
    if (await isOpenToOthers(database))
      return warning('folder', `Others on this machine can read ${database}`, `chmod 600 ${database}`);
    return ok('folder', `${dataDir} can be written to and synced`);
  } catch (error) {
    return fault(
      'folder',
      `${dataDir} cannot be written to (${reasonOf(error)})`,
      'Give the user that runs Edirae the right to, or set EDIRAE_DATA to another folder.',
    );
  }
}

/** Where the secret comes from, and who can read it. @param isShared it is kept in the database, where all servers find it */
export async function checkSecret(
  { secret, dataDir }: Pick<Config, 'secret' | 'dataDir'>,
  isShared: boolean,
): Promise<Diagnosis> {
  if (secret !== null) return ok('secret', 'From EDIRAE_SECRET');
  const file = join(dataDir, SECRET_FILE);
  if (await isOpenToOthers(file))
    return fault('secret', `Others on this machine can read ${file}`, `chmod 600 ${file}`);
  if (isShared) return ok('secret', 'Kept in the database, for all servers');
  if (!(await exists(file))) return ok('secret', 'There is none yet: the first start makes it');
  try {
    findSecretFile(dataDir);
    return ok('secret', `${file}, readable by its owner alone`);
  } catch (error) {
    return fault('secret', `${file} cannot be used (${reasonOf(error)})`, 'Restore it from a backup.');
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isOpenToOthers(path: string): Promise<boolean> {
  const mode = (await stat(path).catch(() => undefined))?.mode ?? 0;
  return (mode & 0o077) !== 0;
}

/** Who writes to the data folder; only on SQLite. */
export function checkLock(dataDir: string): Diagnosis {
  try {
    lockFolder(dataDir)();
    return ok('lock', 'Nobody writes to the data folder now');
  } catch (error) {
    if (error instanceof FolderLockedError)
      return ok(
        'lock',
        `A server writes to the data folder${error.pid === null ? '' : ` (process ${error.pid})`}`,
      );
    return fault(
      'lock',
      `The data folder cannot be locked (${reasonOf(error)})`,
      'Use a local disk: some network file systems know no locks.',
    );
  }
}
