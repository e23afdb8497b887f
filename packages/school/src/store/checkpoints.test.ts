import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCheckpoints } from './checkpoints.ts';

/** As many rows as are worth moving. */
const ROWS = 2_000;

describe('checkpoints beside the server', () => {
  let folder: string;
  let file: string;
  let database: DatabaseSync;
  let changes: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'edirae-checkpoints-'));
    file = join(folder, 'x.db');
    database = new DatabaseSync(file);
    database.exec('pragma journal_mode = wal; create table rows(id integer primary key, text text)');
    changes = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = () =>
    startCheckpoints(
      {
        exec: (sql) => database.exec(sql),
        get changes() {
          return changes;
        },
      },
      file,
    );
  const write = () => {
    const insert = database.prepare('insert into rows(text) values (?)');
    for (let n = 0; n < ROWS; n++) insert.run('x'.repeat(1_000));
    changes += ROWS;
  };

  it('move the log into the database, so that the log is written from its beginning again', async () => {
    const stop = start();
    write();
    const before = statSync(`${file}-wal`).size;
    const texts = ROWS * 1_000;
    expect(statSync(file).size).toBeLessThan(texts);
    while (statSync(file).size < texts) await sleep(50);
    // The next write begins the log anew once all of it was moved.
    await sleep(200);
    write();
    expect(statSync(`${file}-wal`).size).toBeLessThan(before * 1.5);
    stop();
    database.close();
  });

  it('end with the database, also in the middle of one', async () => {
    const stop = start();
    write();
    await sleep(1_050);
    stop();
    database.close();
    rmSync(file);
    await sleep(300);
  });
});
