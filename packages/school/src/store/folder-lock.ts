import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../make-folder.ts';

/** Locks of this process. One that nobody refers to would be collected, and its file released. */
const held = new Set<DatabaseSync>();

/** The data folder already has a writer. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly pid: number | null;

  constructor(dataDir: string, owner: { pid: number; host: string } | null) {
    const who =
      owner === null
        ? 'another process'
        : `process ${owner.pid}${owner.host === hostname() ? '' : ` on ${owner.host}`}`;
    super(
      `The data folder ${dataDir} is in use by ${who}. Stop it first, or set EDIRAE_DATA to another folder.`,
    );
    this.pid = owner?.pid ?? null;
  }
}

/**
 * Makes this process the only writer of a data folder and returns the release. The lock is SQLite's exclusive
 * lock on a file of its own, which the operating system drops when the process dies, however it dies: a stale
 * lock cannot exist. Who holds it is written beside it, in another file, because opening and closing the locked
 * file would drop a POSIX lock.
 */
export function lockFolder(dataDir: string): () => void {
  makeFolder(dataDir);
  const ownerFile = join(dataDir, 'edirae.pid');
  const lock = new DatabaseSync(join(dataDir, 'edirae.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked|busy/i.test(error.message))
      throw new FolderLockedError(dataDir, readOwner(ownerFile));
    throw error;
  }
  held.add(lock);
  writeFileSync(ownerFile, JSON.stringify({ pid: process.pid, host: hostname() }), { mode: 0o600 });
  return () => {
    if (!lock.isOpen) return;
    rmSync(ownerFile, { force: true });
    lock.close();
    held.delete(lock);
  };
}

function readOwner(file: string): { pid: number; host: string } | null {
  try {
    const owner: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('host' in owner)) return null;
    return { pid: Number(owner.pid), host: String(owner.host) };
  } catch {
    return null;
  }
}
