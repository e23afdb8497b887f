import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { startApp, type AppServer } from '../../e2e/server.ts';
import { startPostgres, type PostgresCluster } from '../ground/postgres.ts';
import { makeLearners, type MadeLearner } from '../load/make-learners.ts';
import { layCable, type Cable } from './cable.ts';

/** A whole installation that can be struck: two web processes and a worker on one PostgreSQL behind a cable. */
export interface Installation {
  apps: readonly AppServer[];
  cluster: PostgresCluster;
  cable: Cable;
  worker: Worker;
  learners: readonly MadeLearner[];
  /** For looking at it without the cable. */
  env: Record<string, string>;
  remove(): Promise<void>;
}

export interface Worker {
  pid(): number | undefined;
  start(): void;
  stop(signal: NodeJS.Signals): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Starts everything on throwaway folders, with learners who have a short past. */
export async function startInstallation(learners: number): Promise<Installation> {
  const cluster = await startPostgres();
  const cable = await layCable(cluster.port);
  const base = {
    EDIRAE_RATE_LIMIT: 'off',
    EDIRAE_LOG: 'error',
    EDIRAE_SECRET: randomBytes(32).toString('hex'),
  };
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
    const made = await makeLearners(env, { learners, past: 40 });
    worker = createWorker({ ...cabled, EDIRAE_DATA: dataDir });
    worker.start();
    return { apps, cluster, cable, worker, learners: made, env, remove };
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
