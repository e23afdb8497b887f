import { sql } from 'kysely';
import type { Queries } from './transaction.ts';

/**
 * Draws one token from a bucket that all processes share, in one statement, and gives what it held before, refilled
 * to `now`: below 1, nothing was taken. PostgreSQL only: on SQLite there is one process.
 * @param bucket `burst` tokens at most, refilled by `perMs` a millisecond
 */
export async function drawToken(
  db: Queries,
  bucket: { id: string; burst: number; perMs: number; now: number },
): Promise<number> {
  const { id, burst, perMs, now } = bucket;
  const held = sql<number>`least(${burst}::float8, b.tokens + greatest(0, ${now}::bigint - b.at) * ${perMs}::float8)`;
  const { rows } = await sql<{ tokens: number; drawn: boolean }>`
    insert into rate_buckets as b (id, tokens, at, drawn) values (${id}, ${burst - 1}, ${now}, true)
    on conflict (id) do update set
      tokens = case when ${held} >= 1 then ${held} - 1 else ${held} end,
      drawn = ${held} >= 1,
      at = greatest(b.at, ${now}::bigint)
    returning tokens, drawn`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('A bucket was neither made nor drawn from.');
  return row.drawn ? row.tokens + 1 : row.tokens;
}

/** Forgets buckets that nobody drew from since `before`. */
export async function purgeRateBuckets(db: Queries, before: number): Promise<void> {
  await db.deleteFrom('rate_buckets').where('at', '<', before).execute();
}
