import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth, makePlace, type Place } from '../../testing/databases.ts';
import { openDatabase, type Database } from './database.ts';
import { findMeta, setMeta } from './meta.ts';
import { isTransient, transact } from './transaction.ts';

describeOnBoth('a transaction', (kind) => {
  let place: Place;
  let database: Database;
  beforeEach(async () => {
    place = await makePlace(kind);
    database = await openDatabase(place.config);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('never interleaves with others that add to the same row', async () => {
    await setMeta(database.db, 'count', '0');
    const add = (step: number) =>
      transact(database.db, async (tx) => {
        const query = tx.selectFrom('meta').selectAll().where('key', '=', 'count');
        const row = await (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow();
        await pause(step % 5);
        await setMeta(tx, 'count', String(Number(row.value) + 1));
        await pause(step % 3);
      });
    await Promise.all(Array.from({ length: 50 }, (_, step) => add(step)));
    expect(await findMeta(database.db, 'count')).toBe('50');
  });

  it('leaves nothing of a failed act, and of queries queued behind it everything', async () => {
    const failing = transact(database.db, async (tx) => {
      await setMeta(tx, 'lost', 'yes');
      await pause(10);
      throw new Error('on purpose');
    });
    const other = setMeta(database.db, 'kept', 'yes');
    await expect(failing).rejects.toThrow('on purpose');
    await other;
    expect(await findMeta(database.db, 'lost')).toBeUndefined();
    expect(await findMeta(database.db, 'kept')).toBe('yes');
  });

  it('refuses a query beside itself at once instead of waiting for ever', async () => {
    await expect(transact(database.db, async () => findMeta(database.db, 'x'))).rejects.toThrow(
      /beside the open transaction/,
    );
  });

  it('lets work that outlives it query again', async () => {
    let late: Promise<string | undefined> | undefined;
    await transact(database.db, async () => {
      late = pause(20).then(() => findMeta(database.db, 'x'));
    });
    await expect(late).resolves.toBeUndefined();
  });

  it('tries again after a failure that another try can cure, a bounded number of times', async () => {
    let tries = 0;
    const busy = () =>
      Object.assign(new Error('busy'), kind === 'postgres' ? { code: '40001' } : { errcode: 517 });
    const result = await transact(database.db, async () => {
      if (++tries < 3) throw busy();
      return 'done';
    });
    expect([result, tries]).toEqual(['done', 3]);
    tries = 0;
    await expect(
      transact(database.db, async () => Promise.reject(busy())).catch((error: Error) => error.message),
    ).resolves.toBe('busy');
  });

  it('tells a passing failure from a lasting one', () => {
    expect(isTransient({ code: '40P01' })).toBe(true);
    expect(isTransient({ errcode: 5 })).toBe(true);
    expect(isTransient({ code: '23505' })).toBe(false);
    expect(isTransient({ errcode: 19 })).toBe(false);
    expect(isTransient(null)).toBe(false);
  });
});
