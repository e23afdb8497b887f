import { setTimeout as sleep } from 'node:timers/promises';
import type { AppServer } from '../../e2e/server.ts';

/** A web process that can be struck, and comes back as under a supervisor: where it cannot start, it is started again. */
export interface StruckApp {
  url: string;
  /** While it is being struck; nobody else should strike it then. */
  isBusy(): boolean;
  /** Kills it, and starts it again with these settings. */
  killAndRestart(env: Record<string, string>): Promise<void>;
  standStill(ms: number): Promise<void>;
  /** What it said last, where it ended without being told to. */
  diedOf(): string | undefined;
}

/** A database that was killed meanwhile is back after a few tries. */
const TRIES = 20;
const PAUSE = 500;

/** Puts a supervisor before a server. */
export function supervise(app: AppServer): StruckApp {
  let busy = 0;
  const strike = async (act: () => Promise<void>): Promise<void> => {
    busy += 1;
    try {
      await act();
    } finally {
      busy -= 1;
    }
  };
  const startAgain = async (env: Record<string, string>): Promise<void> => {
    for (let tried = 1; ; tried++) {
      try {
        return await app.restart(env);
      } catch (error) {
        if (tried === TRIES) throw error;
        await sleep(PAUSE);
      }
    }
  };
  return {
    url: app.url,
    isBusy: () => busy > 0,
    diedOf: () => app.diedOf(),
    killAndRestart: (env) =>
      strike(async () => {
        await app.stop('SIGKILL');
        await startAgain(env);
      }),
    standStill: (ms) =>
      strike(async () => {
        const pid = app.pid();
        if (pid === undefined) return;
        process.kill(pid, 'SIGSTOP');
        await sleep(ms);
        process.kill(pid, 'SIGCONT');
      }),
  };
}
