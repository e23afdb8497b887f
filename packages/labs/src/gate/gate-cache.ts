import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, packageFolder } from '../sandbox/node-launch.ts';

/** Which labs went through their gate, by a digest of everything that it depends on: lab, this package, sandboxes. */
export interface GateCache {
  has(digest: string): boolean;
  keep(digest: string): void;
}

/** Kept beside the installed packages, one empty file a digest; where that folder cannot be written nothing is kept. */
export function openGateCache(folder = join(folderOf('zod'), '..', '.cache', 'edirae', 'gates')): GateCache {
  return {
    has: (digest) => existsSync(join(folder, digest)),
    keep: (digest) => {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, digest), '');
      } catch {
        // The next run grades again.
      }
    },
  };
}

/** Changes with the lab's files, with this package's code, with Node and with which sandboxes there are. */
export function digestGate(labFolder: string, sandboxes: readonly string[]): string {
  const hash = createHash('sha256').update(`${process.version} ${sandboxes.join(' ')}`);
  const root = packageFolder();
  for (const folder of [labFolder, join(root, 'src'), join(root, 'harness')]) addFolder(hash, folder);
  return hash.digest('hex');
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'testing' && entry.name !== '__pycache__')
      addFolder(hash, path);
    if (entry.isFile() && !/\.test\.ts$/.test(entry.name))
      hash.update(`\0${entry.name}\0`).update(readFileSync(path));
  }
}
