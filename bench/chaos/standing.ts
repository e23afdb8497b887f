import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startApp, type AppServer } from '../../e2e/server.ts';
import { startPostgres, type PostgresCluster } from '../ground/postgres.ts';
import { makeLearners, type MadeLearner } from '../load/make-learners.ts';
import { layCable, type Cable } from './cable.ts';
import { supervise, type StruckApp } from './struck-app.ts';

/** A whole installation that can be struck. */
export interface Installation {
  apps: readonly StruckApp[];
  learners: readonly MadeLearner[];
  /** Absent on SQLite, where one web process does everything. */
  postgres: Postgres | undefined;
  /** For looking at it, not through the cable. */
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** What stands beside the web processes on PostgreSQL: the database, a cable to it that can be cut, and a worker. */
export interface Postgres {
  cluster: PostgresCluster;
  cable: Cable;
  worker: Worker;
}

/** What a mishap may strike: one web process that nobody else strikes now. */
export interface Struck {
  app: StruckApp;
}

export interface Worker {
  pid(): number | undefined;
  start(): void;
  stop(signal: NodeJS.Signals): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Answers that each learner gave before it begins. */
const PAST = 40;

const settings = () => ({
  EDIRAE_RATE_LIMIT: 'off',
  EDIRAE_LOG: 'error',
  EDIRAE_SECRET: randomBytes(32).toString('hex'),
});

/** Two web processes and a worker on one PostgreSQL behind a cable, all on throwaway folders, with learners who have a short past. */
export async function startOnPostgres(learners: number): Promise<Installation> {
  const cluster = await startPostgres();
  const cable = await layCable(cluster.port);
  const base = settings();
  const cabled = { ...base, DATABASE_URL: cluster.url.replace(`:${cluster.port}/`, `:${cable.port}/`) };
  const apps: AppServer[] = [];
  let worker: Worker | undefined;
  const remove = async () => {
    await worker?.stop('SIGKILL');
    await Promise.all(apps.map((app) => app.remove()));
    cable.close();
    cluster.remove();
  };
  try {
    apps.push(await startApp(cabled), await startApp(cabled));
    const dataDir = apps[0]?.dataDir ?? '';
    const env = { ...base, DATABASE_URL: cluster.url, EDIRAE_DATA: dataDir };
    const made = await makeLearners(env, { learners, past: PAST });
    worker = createWorker({ ...cabled, EDIRAE_DATA: dataDir });
    worker.start();
    return { apps: apps.map(supervise), postgres: { cluster, cable, worker }, learners: made, env, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** One web process on SQLite, with learners who have a short past. */
export async function startOnSqlite(learners: number): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'edirae-storm-'));
  const env = { ...settings(), DATABASE_URL: '', EDIRAE_DATA: dataDir };
  let app: AppServer | undefined;
  const remove = async () => {
    await app?.remove();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const made = await makeLearners(env, { learners, past: PAST });
    app = await startApp(env);
    return { apps: [supervise(app)], postgres: undefined, learners: made, env, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function createWorker(env: Record<string, string>): Worker {
  let child: ChildProcess | undefined;
  return {
    pid: () => child?.pid,
    start() {
      child = spawn(process.execPath, ['apps/cli/src/main.ts', 'work'], {
        cwd: ROOT,
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
    },
    async stop(signal) {
      const running = child;
      child = undefined;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      await new Promise<void>((done) => {
        running.once('exit', () => done());
        running.kill(signal);
      });
    },
  };
}
