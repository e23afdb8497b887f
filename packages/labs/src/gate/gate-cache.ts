import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON } from '../sandbox/bubblewrap/bubblewrap-arguments.ts';
import { folderOf, packageFolder } from '../sandbox/node-launch.ts';
import type { Run, Verdicts } from './judge-runs.ts';

/** What runs of the gate gave, by a digest of everything that they depend on. */
export interface GateCache {
  find(digest: string): Verdicts | undefined;
  keep(digest: string, verdicts: Verdicts): void;
}

/** Kept beside the installed packages, one small file a digest; where that folder cannot be written nothing is kept. */
export function openGateCache(folder = join(folderOf('zod'), '..', '.cache', 'edirae', 'gates')): GateCache {
  return {
    find: (digest) => {
      const file = join(folder, `${digest}.json`);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Verdicts) : undefined;
    },
    keep: (digest, verdicts) => {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `${digest}.json`), JSON.stringify(verdicts));
      } catch {
        // The next run grades again.
      }
    },
  };
}

/** Folders of this package that decide what a run gives. */
const GRADER = ['src/contract', 'src/grade', 'src/load', 'src/sandbox', 'harness'];
/** Installed packages that decide it too, by their version. */
const INSTALLED = [
  'pyodide',
  '@jitl/quickjs-ng-wasmfile-release-sync',
  'quickjs-emscripten-core',
  'sucrase',
  'yaml',
  'zod',
];

/**
 * Changes with what is run, with the lab's manifest and tests, with the code of the grader and its sandboxes, and with
 * the interpreters. What the lab's other sides hold, and its pages, does not matter.
 */
export function digestRun(labFolder: string, run: Omit<Run, 'result'>): string {
  const hash = createHash('sha256').update([run.sandbox, run.seed, run.language, digestGrader()].join(' '));
  hash.update(readFileSync(join(labFolder, 'lab.yaml')));
  for (const folder of ['tests', run.side]) addFolder(hash, join(labFolder, folder));
  return hash.digest('hex');
}

let grader: string | undefined;

function digestGrader(): string {
  if (grader !== undefined) return grader;
  const hash = createHash('sha256').update(process.version);
  if (existsSync(PYTHON)) hash.update(realpathSync(PYTHON));
  for (const name of INSTALLED) hash.update(readFileSync(join(folderOf(name), 'package.json')));
  for (const folder of GRADER) addFolder(hash, join(packageFolder(), folder));
  grader = hash.digest('hex');
  return grader;
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '__pycache__') {
      hash.update(`\0${entry.name}/`);
      addFolder(hash, path);
    }
    if (entry.isFile() && !entry.name.endsWith('.test.ts'))
      hash.update(`\0${entry.name}\0`).update(readFileSync(path));
  }
}
