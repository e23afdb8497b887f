import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupSync } from './group-sync.ts';

describe('a sync for several', () => {
  let folder: string;
  let log: GroupSync;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'edirae-sync-'));
    closeSync(openSync(join(folder, 'log'), 'w'));
    log = new GroupSync(join(folder, 'log'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is done for everybody who waits, also for those who come while it runs', async () => {
    const order: string[] = [];
    const said = (name: string) => () => void order.push(name);
    const first = log.sync().then(said('first'));
    await Promise.all([first, log.sync().then(said('second')), log.sync().then(said('third'))]);
    expect(order[0]).toBe('first');
    expect(order).toHaveLength(3);
    await log.sync();
  });

  it('fails for ever once the disk has refused', async () => {
    log.close();
    log.close();
    await expect(log.sync()).rejects.toThrow('did not take what was written');
    await expect(log.sync()).rejects.toThrow('did not take what was written');
  });
});
