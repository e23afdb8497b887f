import { Worker } from 'node:worker_threads';

/** How often we look whether there is something to move, in ms, and from how many changed rows on it is worth it. */
const LOOK_EVERY = 1_000;
const WORTH = 400;

/** Passes of one checkpoint: each leaves what was written during it, which is less every time. */
const PASSES = 5;

/** Pages of the log beyond which the serving thread finishes the job itself, however long it takes: some 200 MB. */
const MOST_PAGES = 50_000;

/** Runs on a thread of its own, with a connection of its own: copies the log into the database and syncs it. */
const WORK = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(workerData.file, { timeout: 0 });
  const checkpoint = db.prepare('pragma wal_checkpoint(passive)');
  parentPort.on('message', () => {
    let result;
    for (let pass = 0; pass < workerData.passes; pass++) {
      result = checkpoint.get();
      if (result.log === result.checkpointed) break;
    }
    parentPort.postMessage(result.log);
  });
`;

/** What the checkpoints need of the database. */
export interface Checkpointed {
  /** Rows changed since it was opened. */
  readonly changes: number;
  exec(sql: string): void;
}

/**
 * Moves SQLite's log into the database beside the thread that serves. SQLite would do it inside every thousandth commit, which then takes as
 * long as the disk needs for thousands of pages, and everybody waits.
 */
export function startCheckpoints(database: Checkpointed, file: string): () => void {
  database.exec('pragma wal_autocheckpoint = 0');
  let worker: Worker | undefined;
  let isBusy = false;
  let moved = 0;
  let isOver = false;
  const giveUp = () => {
    clearInterval(timer);
    if (isOver) return;
    database.exec('pragma wal_autocheckpoint = 1000');
  };
  const begin = (): Worker => {
    const begun = new Worker(WORK, { eval: true, workerData: { file, passes: PASSES } });
    begun.unref();
    begun.on('message', (pages: number) => {
      isBusy = false;
      if (!isOver && pages > MOST_PAGES) database.exec('pragma wal_checkpoint(truncate)');
    });
    begun.on('error', giveUp);
    return begun;
  };
  const timer = setInterval(() => {
    if (isBusy || database.changes - moved < WORTH) return;
    worker ??= begin();
    isBusy = true;
    moved = database.changes;
    worker.postMessage('checkpoint');
  }, LOOK_EVERY);
  timer.unref();
  return () => {
    isOver = true;
    clearInterval(timer);
    void worker?.terminate();
  };
}
