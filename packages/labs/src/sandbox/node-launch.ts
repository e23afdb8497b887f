import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Launch } from './child.ts';
import { takeIdentity } from './identity.ts';

const SETPRIV = '/usr/bin/setpriv';
const require = createRequire(import.meta.url);

/** The folder of this package, wherever it was bundled from. */
export function packageFolder(): string {
  return dirname(require.resolve('@edirae/labs/package.json'));
}

/** The folders of packages and of everything that they depend on. */
export function foldersOf(names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    const folder = folderOf(name);
    if (found.has(folder)) return;
    found.add(folder);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(dependency);
  };
  for (const name of names) visit(name);
  return [...found];
}

/** The folder of an installed package, whatever it exports. Throws if it is not installed. */
export function folderOf(name: string): string {
  const folder = (require.resolve.paths(name) ?? [])
    .map((path) => join(path, name))
    .find((path) => existsSync(path));
  if (folder === undefined) throw new Error(`${name} is not installed; run npm ci`);
  return realpathSync(folder);
}

interface NodeLaunch {
  /** File under this package that the process runs. */
  runner: string;
  args: string[];
  /** Folders and files that it may read; nothing else, and it may write nowhere. */
  mayRead: string[];
  flags?: string[];
}

/**
 * Node with its permission model: no writing, no processes, no workers, no addons, no inspector, reading only what is
 * named; no code from strings; an empty environment. On Linux it ends when we do, however we end.
 */
export function nodeLaunch({ runner, args, mayRead, flags = [] }: NodeLaunch): Launch {
  const node = [
    '--permission',
    ...mayRead.map((path) => `--allow-fs-read=${path}`),
    '--disallow-code-generation-from-strings',
    '--disable-proto=delete',
    '--no-warnings',
    ...flags,
    join(packageFolder(), runner),
    ...args,
  ];
  const identity = takeIdentity();
  const bound = existsSync(SETPRIV) && process.platform === 'linux';
  return bound
    ? {
        command: SETPRIV,
        args: ['--pdeathsig', 'KILL', '--', process.execPath, ...node],
        identity,
        channel: 'standard',
      }
    : { command: process.execPath, args: node, identity, channel: 'standard' };
}
