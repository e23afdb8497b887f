import { randomBytes } from 'node:crypto';
import { startApp, type AppServer } from '../../e2e/server.ts';
import { startPostgres, type PostgresCluster } from '../ground/postgres.ts';
import { bareSqlite, barePostgres, type Bare } from './bare.ts';
import { makeLearners, type MadeLearner } from './make-learners.ts';

/** What is under load: web processes, and what the bench knows about what stands behind them. */
export interface Ground {
  origins: readonly string[];
  learners: readonly MadeLearner[];
  /** Null for a server that runs elsewhere: its database is out of reach. */
  transaction: Bare | null;
  pids: { web: readonly number[]; database: () => readonly number[] } | null;
  remove(): Promise<void>;
}

export interface GroundPlan {
  database: 'sqlite' | 'postgres';
  processes: number;
  learners: number;
  /** Events in each learner's past. */
  past: number;
  /** Folder for processor profiles of the web processes. */
  profile?: string | undefined;
  progress(line: string): void;
}

/** Starts throwaway web processes on a throwaway database, with learners who have a past. */
export async function startGround(plan: GroundPlan): Promise<Ground> {
  const { database, processes, progress } = plan;
  if (database === 'sqlite' && processes !== 1)
    throw new Error('SQLite has one web process; several share a PostgreSQL: --database postgres.');
  const cluster = database === 'postgres' ? await startPostgres() : undefined;
  const nodeArgs = plan.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${plan.profile}`];
  const apps: AppServer[] = [];
  const remove = async () => {
    await Promise.all(apps.map((app) => app.remove()));
    cluster?.remove();
  };
  try {
    const env = settings(cluster);
    // The first start makes the tables and, on SQLite, the folder; the learners are made while nobody serves it.
    apps.push(await startApp(env, nodeArgs));
    const first = apps[0] as AppServer;
    await first.stop();
    progress(`making ${plan.learners} learners with ${plan.past} events each`);
    const learners = await makeLearners({ ...env, EDIRAE_DATA: first.dataDir }, plan);
    await first.restart();
    while (apps.length < processes) apps.push(await startApp(env, nodeArgs));
    const transaction = cluster ? await barePostgres(cluster.url) : bareSqlite();
    return {
      origins: apps.map((app) => app.url),
      learners,
      transaction,
      pids: {
        web: apps.flatMap((app) => app.pid() ?? []),
        database: () => cluster?.pids() ?? [],
      },
      async remove() {
        await transaction.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function settings(cluster: PostgresCluster | undefined): Record<string, string> {
  return {
    EDIRAE_RATE_LIMIT: 'off',
    EDIRAE_SECRET: randomBytes(32).toString('hex'),
    DATABASE_URL: cluster?.url ?? '',
  };
}
