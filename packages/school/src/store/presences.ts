import type { Queries } from './transaction.ts';

/** Where processes that run jobs are seen. */
export const WORKERS = 'workers';

/** Milliseconds without a sign of life after which a process is taken for gone; three were missed then. */
export const GONE_MS = 50_000;

/** Somebody or something that was there a moment ago. */
export interface Presence {
  who: string;
  about: unknown;
  since: number;
  seenAt: number;
}

/** Says that `who` is at `place` now, for all processes to see. */
export async function setPresence(
  db: Queries,
  presence: { place: string; who: string; about: unknown; now: number },
): Promise<void> {
  const { place, who, now } = presence;
  const about = JSON.stringify(presence.about);
  await db
    .insertInto('presences')
    .values({ place, who, about, since: now, seen_at: now })
    .onConflict((conflict) => conflict.columns(['place', 'who']).doUpdateSet({ about, seen_at: now }))
    .execute();
}

/** Who was seen at `place` since `after`. */
export async function listPresences(db: Queries, place: string, after: number): Promise<Presence[]> {
  const rows = await db
    .selectFrom('presences')
    .selectAll()
    .where('place', '=', place)
    .where('seen_at', '>=', after)
    .orderBy('since')
    .orderBy('who')
    .execute();
  return rows.map((row) => ({
    who: row.who,
    about: JSON.parse(row.about) as unknown,
    since: row.since,
    seenAt: row.seen_at,
  }));
}

/** Says that `who` has left. */
export async function removePresence(db: Queries, place: string, who: string): Promise<void> {
  await db.deleteFrom('presences').where('place', '=', place).where('who', '=', who).execute();
}

/** Forgets whoever was last seen before. */
export async function purgePresences(db: Queries, before: number): Promise<void> {
  await db.deleteFrom('presences').where('seen_at', '<', before).execute();
}
