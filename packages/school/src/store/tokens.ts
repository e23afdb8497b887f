import { createHash, randomBytes } from 'node:crypto';
import type { TokenMay } from './schema.ts';
import type { Queries } from './transaction.ts';

const PATTERN = /^edr_[\w-]{43}$/;

/** A token is used by many requests a second; when it was last used is kept to the minute. */
const LAST_USED_STEP_MS = 60_000;

/** Digits of the hash that name a token to its owner. */
const ID_DIGITS = 16;

/** A token as its owner sees it. */
export interface StoredToken {
  id: string;
  name: string;
  may: TokenMay;
  createdAt: number;
  lastUsedAt: number | null;
  endsAt: number | null;
}

export interface NewToken {
  name: string;
  at: number;
  /** Left out: a guest's, which stands for the guest in everything and is not listed. */
  may?: TokenMay;
  endsAt?: number;
}

/** Makes a token for a learner and returns it; only its hash is kept. */
export async function createToken(db: Queries, learnerId: string, token: NewToken): Promise<string> {
  const text = `edr_${randomBytes(32).toString('base64url')}`;
  await db
    .insertInto('api_tokens')
    .values({
      hash: hashToken(text),
      learner_id: learnerId,
      created_at: token.at,
      last_used_at: null,
      name: token.name,
      may: token.may ?? null,
      ends_at: token.endsAt ?? null,
    })
    .execute();
  return text;
}

/** Whom a token stands for, and in what; `userId` is null for a guest. Never throws on a malformed one. */
export async function findToken(
  db: Queries,
  token: string,
  now: number,
): Promise<{ learnerId: string; userId: string | null; may: TokenMay } | undefined> {
  if (!PATTERN.test(token)) return undefined;
  const hash = hashToken(token);
  const row = await db
    .selectFrom('api_tokens')
    .innerJoin('learners', 'learners.id', 'api_tokens.learner_id')
    .select(['learner_id', 'user_id', 'last_used_at', 'may', 'ends_at'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined || (row.ends_at !== null && row.ends_at <= now)) return undefined;
  if (row.last_used_at === null || now - row.last_used_at >= LAST_USED_STEP_MS) {
    await db.updateTable('api_tokens').set({ last_used_at: now }).where('hash', '=', hash).execute();
  }
  return { learnerId: row.learner_id, userId: row.user_id, may: row.may ?? 'all' };
}

/** The tokens that a learner made, the newest first. */
export async function listTokens(db: Queries, learnerId: string): Promise<StoredToken[]> {
  const rows = await db
    .selectFrom('api_tokens')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .where('may', 'is not', null)
    .orderBy('created_at', 'desc')
    .orderBy('hash')
    .execute();
  return rows.map((row) => ({
    id: row.hash.slice(0, ID_DIGITS),
    name: row.name,
    may: row.may ?? 'all',
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    endsAt: row.ends_at,
  }));
}

/** Ends one of the tokens that a learner made. False: there is none of that id. */
export async function revokeTokenOf(db: Queries, learnerId: string, id: string): Promise<boolean> {
  if (!/^[0-9a-f]{16}$/.test(id)) return false;
  const deleted = await db
    .deleteFrom('api_tokens')
    .where('learner_id', '=', learnerId)
    .where('may', 'is not', null)
    .where('hash', 'like', `${id}%`)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows) > 0;
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
