import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, readable by the owner alone. Step by step, because Node's own recursive way
 * never returns where a file system, such as /proc, denies that the folder above is there.
 * @throws with the code of the step that failed
 */
export function makeFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw Object.assign(new Error(`${path} is a file.`), { code: 'ENOTDIR' });
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Made by another process in between.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
