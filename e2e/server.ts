import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The built app as a learner meets it: a process, a port, a data folder of its own. */
export interface AppServer {
  url: string;
  dataDir: string;
  /** Null on SQLite. */
  databaseUrl: string | null;
  /** Of the running process; undefined while it is stopped. */
  pid(): number | undefined;
  /** What it said last, where it ended without being told to. */
  diedOf(): string | undefined;
  /** Stops the process and starts another on the same data. */
  restart(env?: Record<string, string>): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Runs `edirae` on the same data, while the server is stopped or beside it. */
  edirae(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }>;
  remove(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}

async function untilListening(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('listens on')) done();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) =>
      fail(new Error(`The server ended with ${code} before it listened:\n${said}`)),
    );
  });
}

/** Starts the app on a free port with an empty data folder. @param nodeArgs options of Node itself, such as a profiler's */
export async function startApp(
  env: Record<string, string> = {},
  nodeArgs: readonly string[] = [],
): Promise<AppServer> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-journey-'));
  const base: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    EDIRAE_DATA: dataDir,
    EDIRAE_ORIGIN: `http://127.0.0.1:${port}`,
    ...env,
  };
  let child: ChildProcess | undefined;
  let died: string | undefined;

  const start = async (more: Record<string, string> = {}) => {
    child = spawn(process.execPath, [...nodeArgs, 'apps/web/start.mjs'], {
      cwd: root,
      env: { ...base, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await untilListening(child);
    watch(child);
  };
  const watch = (started: ChildProcess) => {
    let last = '';
    started.stderr?.on('data', (chunk: Buffer) => (last = (last + chunk.toString()).slice(-2_000)));
    started.once('exit', (code, signal) => {
      if (started === child) died = `It ended with ${signal ?? code}: ${last}`;
    });
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null) return;
    await new Promise<void>((done) => {
      running.once('exit', () => done());
      running.kill(signal);
    });
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    databaseUrl: base['DATABASE_URL'] || null,
    pid: () => child?.pid,
    diedOf: () => died,
    stop,
    restart: async (more) => {
      await stop();
      await start(more);
    },
    // Not in step: a connection that the server closes meanwhile has to be noticed.
    edirae: async (...args) => {
      const ran = spawn(process.execPath, ['apps/cli/src/main.ts', ...args], { cwd: root, env: base });
      const said = { stdout: '', stderr: '' };
      ran.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
      ran.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
      const status = await new Promise<number | null>((done) => ran.once('close', done));
      return { status, ...said };
    },
    remove: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
