import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn, readLearner } from '../store/act-on.ts';
import type { TokenMay } from '../store/schema.ts';
import { createToken, listTokens as listStored, revokeTokenOf, type StoredToken } from '../store/tokens.ts';
import type { NotFound } from './refusals.ts';

/** A token as its owner sees it; the token itself is shown once. */
export interface TokenView extends StoredToken {
  ended: boolean;
}

export interface NewOwnToken {
  name: string;
  may: TokenMay;
  /** How long it is good for; null: until it is revoked. */
  days: number | null;
}

export type MakeToken =
  | { outcome: 'made'; token: string }
  | { outcome: 'too-many'; most: number }
  | { outcome: 'unnamed' }
  /** Nothing is signed or handed out while the clock is shifted for a test. */
  | { outcome: 'clock-shifted' }
  | RateLimited;

/** Somebody with more has lost sight of them. */
const MOST = 20;
const LONGEST_NAME = 60;
const DAY_MS = 86_400_000;

/** The tokens that a learner made, the newest first. */
export async function listTokens(school: School, learnerId: string): Promise<TokenView[]> {
  const now = school.clock();
  return (await listStored(school.db, learnerId)).map((token) => ({
    ...token,
    ended: token.endsAt !== null && token.endsAt <= now,
  }));
}

/** Makes a token for the learner's own programs. It is returned this once; only its hash is kept. */
export async function makeToken(
  school: School,
  learnerId: string,
  { name, may, days }: NewOwnToken,
): Promise<MakeToken> {
  if (school.config.clockOffsetMs !== 0) return { outcome: 'clock-shifted' };
  const called = name.replaceAll('\0', '').trim().slice(0, LONGEST_NAME);
  if (called === '') return { outcome: 'unnamed' };
  const limited = await school.limiter.take('token', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<MakeToken> => {
    if ((await listStored(tx.queries, learnerId)).length >= MOST) return { outcome: 'too-many', most: MOST };
    const ends = days === null ? {} : { endsAt: school.clock() + days * DAY_MS };
    const token = await createToken(tx.queries, learnerId, {
      name: called,
      at: school.clock(),
      may,
      ...ends,
    });
    return { outcome: 'made', token };
  });
}

/** Ends a token at once. */
export async function revokeOwnToken(
  school: School,
  learnerId: string,
  tokenId: string,
): Promise<{ outcome: 'revoked' } | NotFound> {
  await readLearner(school, learnerId);
  return (await revokeTokenOf(school.db, learnerId, tokenId))
    ? { outcome: 'revoked' }
    : { outcome: 'not-found' };
}
