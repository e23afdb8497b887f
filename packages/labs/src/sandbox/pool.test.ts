import { describe, expect, it } from 'vitest';
import type { Child } from './child.ts';
import { Pool, waitUntilReady } from './pool.ts';

/** As much of a process as a pool sees. */
class FakeChild {
  onLine: ((line: string) => void) | undefined;
  onExit: ((exit: { code: number | null; signal: string | null }) => void) | undefined;
  exit: { code: number | null; signal: string | null } | undefined;
  killed = 0;
  unrefs = 0;
  readonly pid: number;
  constructor(pid: number) {
    this.pid = pid;
  }
  unref(): void {
    this.unrefs++;
  }
  kill(): Promise<void> {
    this.killed++;
    this.exit ??= { code: null, signal: 'SIGKILL' };
    return Promise.resolve();
  }
}

function scene(size: number, fails: (count: number) => boolean = () => false) {
  const started: FakeChild[] = [];
  let count = 0;
  const pool = new Pool(size, async () => {
    count++;
    if (fails(count)) throw new Error('no more processes');
    // Numbers that no process has: the pool asks `/proc` about them.
    const child = new FakeChild(2 ** 30 + count);
    started.push(child);
    return child as unknown as Child;
  });
  return { pool, started };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a pool of processes', () => {
  it('starts as many as are kept ready, and no more', async () => {
    const { pool, started } = scene(2);
    await pool.fill();
    await pool.fill();
    expect(started).toHaveLength(2);
    expect(pool.processes()).toEqual(started.map((child) => child.pid));
  });

  it('keeps nobody waiting for those that are idle', async () => {
    const { pool, started } = scene(1);
    await pool.fill();
    expect(started[0]!.unrefs).toBe(1);
  });

  it('starts the next when one is taken', async () => {
    const { pool, started } = scene(1);
    await pool.fill();
    const taken = await pool.take();
    expect(taken.pid).toBe(started[0]!.pid);
    await settle();
    expect(started).toHaveLength(2);
    expect(pool.processes()).toEqual([started[1]!.pid]);
  });

  it('starts one for whoever comes first, where none is kept ready', async () => {
    const { pool, started } = scene(0);
    await pool.fill();
    expect(started).toHaveLength(0);
    await pool.take();
    await settle();
    expect(started).toHaveLength(1);
  });

  it('passes over one that died while it waited', async () => {
    const { pool, started } = scene(1);
    await pool.fill();
    started[0]!.exit = { code: 1, signal: null };
    expect((await pool.take()).pid).toBe(started[1]!.pid);
  });

  it('goes on after one that could not be started', async () => {
    const { pool } = scene(1, (count) => count === 2);
    await pool.fill();
    await pool.take();
    await settle();
    expect((await pool.take()).pid).toBeGreaterThan(2 ** 30 + 2);
  });

  it('tells whoever fills it that nothing can be started', async () => {
    const { pool } = scene(1, () => true);
    await expect(pool.fill()).rejects.toThrow('no more processes');
  });

  it('takes one back, and gives it out again', async () => {
    const { pool } = scene(1);
    await pool.fill();
    const child = await pool.take();
    pool.putBack(child);
    expect((await pool.take()).pid).toBe(child.pid);
  });

  it('ends what is more than it keeps', async () => {
    const { pool, started } = scene(1);
    const taken = [await pool.take(), await pool.take(), await pool.take()];
    await settle();
    for (const child of taken) pool.putBack(child);
    expect(started.filter((child) => child.killed > 0)).toHaveLength(2);
  });

  it('gives nothing to somebody who has gone', async () => {
    const { pool, started } = scene(1);
    await pool.fill();
    await expect(pool.take(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(pool.processes()).toEqual([started[0]!.pid]);
  });

  it('keeps what was started for somebody who has gone meanwhile', async () => {
    const { pool, started } = scene(1);
    const controller = new AbortController();
    const taking = pool.take(controller.signal);
    controller.abort(new Error('gone'));
    await expect(taking).rejects.toThrow('gone');
    await settle();
    expect(started.every((child) => child.killed === 0)).toBe(true);
    expect(pool.processes()).toContain(started[0]!.pid);
  });

  it('ends everything that is ready when it is closed, and what comes back later', async () => {
    const { pool, started } = scene(2);
    await pool.fill();
    const taken = await pool.take();
    await settle();
    await pool.close();
    expect(started.filter((child) => child.killed > 0)).toHaveLength(2);
    pool.putBack(taken);
    expect(started.every((child) => child.killed > 0)).toBe(true);
    expect(pool.processes()).toEqual([]);
  });

  it('starts anew when it is used after it was closed', async () => {
    const { pool, started } = scene(1);
    await pool.fill();
    await pool.close();
    await pool.fill();
    expect(pool.processes()).toEqual([started[1]!.pid]);
  });
});

describe('waiting for a process', () => {
  it('ends with its first line', async () => {
    const child = new FakeChild(1);
    const ready = waitUntilReady(child as unknown as Child, 'it');
    child.onLine!('{"ready":true}');
    await ready;
    expect(child.onLine).toBeUndefined();
    expect(child.killed).toBe(0);
  });

  it('ends with its end, and says who it was', async () => {
    const child = new FakeChild(1);
    const ready = waitUntilReady(child as unknown as Child, 'pyodide');
    child.onExit!({ code: 1, signal: null });
    await expect(ready).rejects.toThrow('pyodide could not be started');
    expect(child.killed).toBe(1);
  });
});
