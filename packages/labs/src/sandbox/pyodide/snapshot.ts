import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Launch } from '../child.ts';
import { folderOf, packageFolder } from '../node-launch.ts';

/** Longest that making one may take, in milliseconds. */
const MAKE_LIMIT = 60_000;

let made: Promise<string> | undefined;

/**
 * A file that holds the memory of a started interpreter: made once for each version of Pyodide, Node and the harness,
 * and kept beside the installed packages. Empty if none can be made; then each process starts from nothing.
 */
export function findSnapshot(launch: (snapshot: string) => Launch): Promise<string> {
  made ??= make(launch).catch(() => '');
  return made;
}

async function make(launch: (snapshot: string) => Launch): Promise<string> {
  const folder = cacheFolder();
  const file = join(folder, `pyodide-${digest()}.snapshot`);
  if (existsSync(file) && statSync(file).uid === (process.getuid?.() ?? statSync(file).uid)) return file;
  const bytes = await run(launch('--make'));
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, bytes, { mode: 0o644 });
  renameSync(draft, file);
  return file;
}

/** Beside the packages, where only who installed them can write; else a new folder of our own. */
function cacheFolder(): string {
  const folder = join(folderOf('pyodide'), '..', '.cache', 'edirae');
  try {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `probe-${process.pid}`);
    writeFileSync(probe, '');
    renameSync(probe, join(folder, 'probe'));
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), 'edirae-'));
  }
}

function digest(): string {
  const hash = createHash('sha256').update(process.version).update(process.arch);
  for (const file of [
    join(folderOf('pyodide'), 'package.json'),
    join(packageFolder(), 'harness/harness.py'),
    join(packageFolder(), 'src/sandbox/pyodide/runner.ts'),
  ])
    hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function run({ command, args, identity, env = {} }: Launch): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env,
      timeout: MAKE_LIMIT,
      ...identity,
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(parts));
      else reject(new Error(`the snapshot could not be made (exit code ${code})`));
    });
  });
}
