import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeOnBoth, makePlace, type Place } from '../testing/databases.ts';
import { createRateLimiter, type RateLimiter } from './rate-limit.ts';
import { openDatabase, type Database } from './store/database.ts';
import { drawToken, purgeRateBuckets } from './store/rate-buckets.ts';

describeOnBoth('the rate limits', (kind) => {
  let place: Place;
  let databases: Database[];
  let limiters: RateLimiter[];
  const now = Date.UTC(2026, 0, 5, 9);

  beforeEach(async () => {
    place = await makePlace(kind);
    databases = [];
    for (const _ of kind === 'postgres' ? ['one', 'other'] : ['one'])
      databases.push(await openDatabase(place.config));
    limiters = databases.map(({ db }) =>
      kind === 'postgres' ? createRateLimiter((bucket) => drawToken(db, bucket)) : createRateLimiter(),
    );
  });
  afterEach(async () => {
    for (const { close } of databases) await close();
    await place.remove();
  });

  it('allow a burst and no more, whichever process is asked', async () => {
    const asked = await Promise.all(
      Array.from({ length: 16 }, (_, n) => limiters[n % limiters.length]!.take('sign-in', 'a', now)),
    );
    expect(asked.filter((limited) => limited === undefined)).toHaveLength(10);
    expect(asked.find((limited) => limited)).toEqual({ outcome: 'rate-limited', retryAfter: 6 });
  });

  it('refill with time, keep keys apart, and never hold more than a burst', async () => {
    const [limiter] = limiters as [RateLimiter];
    for (let n = 0; n < 10; n++) await limiter.take('sign-in', 'a', now);
    expect(await limiter.take('sign-in', 'a', now)).toMatchObject({ outcome: 'rate-limited' });
    expect(await limiter.take('sign-in', 'b', now)).toBeUndefined();
    expect(await limiter.take('sign-in', 'a', now + 6_000)).toBeUndefined();
    expect(await limiter.take('sign-in', 'a', now + 6_000)).toMatchObject({ retryAfter: 6 });
    const later = now + 3_600_000;
    for (let n = 0; n < 10; n++) expect(await limiter.take('sign-in', 'a', later)).toBeUndefined();
    expect(await limiter.take('sign-in', 'a', later)).toMatchObject({ outcome: 'rate-limited' });
  });

  it('that refill slowly are not forgotten before they are full', async () => {
    const [limiter] = limiters as [RateLimiter];
    for (let n = 0; n < 6; n++) expect(await limiter.take('proposal', 'a', now)).toBeUndefined();
    // Two tokens in twenty minutes, whatever was swept out meanwhile.
    const later = now + 20 * 60_000;
    const asked = [];
    for (let n = 0; n < 3; n++) asked.push(await limiter.take('proposal', 'a', later));
    expect(asked).toMatchObject([undefined, undefined, { outcome: 'rate-limited' }]);
  });

  it('are not reset by a clock that goes back', async () => {
    const [limiter] = limiters as [RateLimiter];
    for (let n = 0; n < 11; n++) await limiter.take('sign-in', 'a', now);
    expect(await limiter.take('sign-in', 'a', now - 3_600_000)).toMatchObject({ outcome: 'rate-limited' });
    expect(await limiter.take('sign-in', 'a', now)).toMatchObject({ outcome: 'rate-limited' });
  });

  it('are forgotten when nobody drew for long', async () => {
    const [limiter] = limiters as [RateLimiter];
    const [{ db }] = databases as [Database];
    await limiter.take('sign-in', 'a', now);
    await purgeRateBuckets(db, now + 1);
    expect(await db.selectFrom('rate_buckets').selectAll().execute()).toEqual([]);
  });
});
