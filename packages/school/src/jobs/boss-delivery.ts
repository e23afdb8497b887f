import { fromKysely, PgBoss } from 'pg-boss';
import type { Delivery } from './delivery.ts';
import type { JobKind } from './job-kind.ts';

/** pg-boss's tables live in a schema of their own, beside ours. */
const SCHEMA = 'pgboss';

/** Connections for calls, one of which listens; apart from the pool of the queries. */
const CONNECTIONS = 4;

/** Seconds between looks where the database cannot notify (behind a transaction pooler). */
const POLLING_S = 1;

/** Seconds without a sign of life after which pg-boss gives a call to another process. */
const HEARTBEAT_S = 30;

/** Seconds that a call which was answered is kept. */
const KEPT_S = 3600;

/**
 * Calls across processes by pg-boss: sent in the transaction that wrote the job, delivered to one process at a time,
 * delivered again where that process died. What is sent is the id alone; whoever answers takes the job whose turn it is.
 */
export function createBossDelivery(
  connectionString: string,
  kinds: readonly JobKind[],
  log: (message: string) => void,
): Delivery {
  let boss: PgBoss | undefined;
  let ready: Promise<PgBoss> | undefined;
  let stopped = false;

  /** Begun by the first who needs it: a command that enqueues nothing does not wait for it. */
  const start = (): Promise<PgBoss> => {
    ready ??= open().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };

  const open = async (): Promise<PgBoss> => {
    const opened = new PgBoss({
      connectionString,
      schema: SCHEMA,
      max: CONNECTIONS,
      application_name: 'edirae jobs',
      connectionTimeoutMillis: 10_000,
      useListenNotify: true,
      schedule: false,
      monitorVacuum: false,
    });
    opened.on('error', (error) => log(error.message));
    await opened.start();
    for (const { name } of kinds) {
      await opened.createQueue(name, {
        // One waiting call a job: the sweep may repeat itself.
        policy: 'short',
        notify: true,
        heartbeatSeconds: HEARTBEAT_S,
        retryLimit: 3,
        deleteAfterSeconds: KEPT_S,
      });
    }
    boss = opened;
    return opened;
  };

  return {
    async announce(tx, { id, kind, dueInMs }) {
      if (stopped) return;
      await (
        await start()
      ).send(
        kind,
        { job: id },
        { db: fromKysely(tx), singletonKey: id, startAfter: Math.max(0, Math.ceil(dueInMs / 1000)) },
      );
    },
    async serve(served, runNext) {
      const opened = await start();
      for (const kind of served) {
        const options = {
          localConcurrency: kind.concurrency,
          pollingIntervalSeconds: POLLING_S,
          notifyPollingIntervalSeconds: POLLING_S * 10,
        };
        await opened.work(kind.name, options, async () => void (await runNext(kind)));
      }
    },
    async stop() {
      stopped = true;
      await ready?.catch(() => undefined);
      // The jobs themselves are ended by the runner before this; what is left has nobody to wait for it.
      await boss?.stop({ graceful: true, timeout: 1_000 });
    },
  };
}
