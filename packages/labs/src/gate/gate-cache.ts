import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { folderOf, packageFolder } from '../sandbox/node-launch.ts';
import type { LabProblem } from './problem.ts';

const problemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  file: z.string(),
  message: z.string(),
});

/** What the gate said, by a digest of everything that it depends on: the lab, this package and the sandboxes. */
export interface GateCache {
  find(digest: string): LabProblem[] | undefined;
  keep(digest: string, problems: LabProblem[]): void;
}

/** Kept beside the installed packages, one small file a digest; a folder that cannot be written keeps nothing. */
export function openGateCache(folder = join(folderOf('zod'), '..', '.cache', 'edirae', 'gates')): GateCache {
  return {
    find: (digest) => {
      try {
        return z.array(problemSchema).parse(JSON.parse(readFileSync(join(folder, `${digest}.json`), 'utf8')));
      } catch {
        return undefined;
      }
    },
    keep: (digest, problems) => {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `${digest}.json`), JSON.stringify(problems));
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
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'testing' && entry.name !== '__pycache__') addFolder(hash, path);
    if (entry.isFile() && !/\.test\.ts$/.test(entry.name))
      hash.update(`\0${entry.name}\0`).update(readFileSync(path));
  }
}
