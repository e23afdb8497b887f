import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, packageFolder } from '../sandbox/node-launch.ts';
import type { LabProblem } from './problem.ts';

/** What the gate warned of in labs that went through it, by a digest of everything that it depends on: lab, this package, sandboxes. */
export interface GateCache {
  find(digest: string): LabProblem[] | undefined;
  keep(digest: string, warnings: LabProblem[]): void;
}

/** Kept beside the installed packages, one small file a digest; where that folder cannot be written nothing is kept. */
export function openGateCache(folder = join(folderOf('zod'), '..', '.cache', 'edirae', 'gates')): GateCache {
  return {
    find: (digest) => {
      const file = join(folder, `${digest}.json`);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LabProblem[]) : undefined;
    },
    keep: (digest, warnings) => {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `${digest}.json`), JSON.stringify(warnings));
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
    if (entry.isFile() && !entry.name.endsWith('.test.ts'))
      hash.update(`\0${entry.name}\0`).update(readFileSync(path));
  }
}
