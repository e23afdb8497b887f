import { createHash, randomBytes } from 'node:crypto';
import type { Queries } from './transaction.ts';

const PATTERN = /^edr_[\w-]{43}$/;

/** A token is used by many requests a second; when it was last used is kept to the minute. */
const LAST_USED_STEP_MS = 60_000;

/** Makes a token for a learner and returns it; only its hash is kept. */
export async function createToken(
  db: Queries,
  learnerId: string,
  token: { name: string; at: number },
): Promise<string> {
  const text = `edr_${randomBytes(32).toString('base64url')}`;
  await db
    .insertInto('api_tokens')
    .values({
      hash: hashToken(text),
      learner_id: learnerId,
      created_at: token.at,
      last_used_at: null,
      name: token.name,
    })
    .execute();
  return text;
}

/** Whom a token stands for; `userId` is null for a guest. Never throws on a malformed one. */
export async function findToken(
  db: Queries,
  token: string,
  now: number,
): Promise<{ learnerId: string; userId: string | null } | undefined> {
  if (!PATTERN.test(token)) return undefined;
  const hash = hashToken(token);
  const row = await db
    .selectFrom('api_tokens')
    .innerJoin('learners', 'learners.id', 'api_tokens.learner_id')
    .select(['learner_id', 'user_id', 'last_used_at'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.last_used_at === null || now - row.last_used_at >= LAST_USED_STEP_MS) {
    await db.updateTable('api_tokens').set({ last_used_at: now }).where('hash', '=', hash).execute();
  }
  return { learnerId: row.learner_id, userId: row.user_id };
}

/** Ends one token. */
export async function revokeToken(db: Queries, token: string): Promise<void> {
  await db.deleteFrom('api_tokens').where('hash', '=', hashToken(token)).execute();
}

/** Ends all tokens of a learner. */
export async function revokeTokensOf(db: Queries, learnerId: string): Promise<void> {
  await db.deleteFrom('api_tokens').where('learner_id', '=', learnerId).execute();
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
