import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../e2e/server.ts';

/** A throwaway PostgreSQL that syncs to disk, as one that keeps learners' work must. */
export interface PostgresCluster {
  url: string;
  port: number;
  start(): void;
  /** `immediate` is a crash: nothing is flushed, and the next start recovers. */
  stop(mode: 'fast' | 'immediate'): void;
  /** Processes of the cluster, the postmaster first. */
  pids(): number[];
  remove(): void;
}

function findBin(): string | undefined {
  const given = process.env['POSTGRES_BIN'];
  if (given) return given;
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** Whether PostgreSQL's server is installed here. */
export function hasPostgres(): boolean {
  return findBin() !== undefined;
}

/** Starts an empty cluster on a free port of this machine. @throws Error where PostgreSQL is not installed */
export async function startPostgres(settings: Record<string, string> = {}): Promise<PostgresCluster> {
  const bin = findBin();
  if (bin === undefined)
    throw new Error('No PostgreSQL server was found: install postgresql, or set POSTGRES_BIN.');
  const dir = mkdtempSync(join(tmpdir(), 'edirae-postgres-'));
  const data = join(dir, 'data');
  const asRoot = userInfo().uid === 0;
  const run = (program: string, ...args: string[]): string => {
    const path = join(bin, program);
    // PostgreSQL refuses to run as root; there it runs as the user that its package made.
    const [file, rest] = asRoot
      ? ['setpriv', ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups', path, ...args]]
      : [path, args];
    return execFileSync(file, rest, { cwd: dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  if (asRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(dir, id('-u'), id('-g'));
  }
  const port = await freePort();
  run('initdb', '-D', data, '-U', 'edirae', '-A', 'trust', '-E', 'UTF8', '--no-sync');
  const all = { listen_addresses: '127.0.0.1', max_connections: '200', ...settings };
  const options = [
    `-p ${port} -k ${dir}`,
    ...Object.entries(all).map(([name, value]) => `-c ${name}=${value}`),
  ].join(' ');
  const start = () => void run('pg_ctl', '-D', data, '-l', join(dir, 'log'), '-w', '-o', options, 'start');
  const stop = (mode: 'fast' | 'immediate') => {
    // Already down is what was wanted.
    if (existsSync(join(data, 'postmaster.pid'))) run('pg_ctl', '-D', data, '-m', mode, '-w', 'stop');
  };
  start();
  return {
    url: `postgres://edirae@127.0.0.1:${port}/postgres`,
    port,
    start,
    stop,
    pids() {
      const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map(Number);
      return [postmaster, ...children];
    },
    remove() {
      try {
        stop('immediate');
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
  };
}
