import { guestCookie } from '../auth/guest-cookie.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { createLearner } from '../store/act-on.ts';

/** Someone who starts at once, without an account. */
export interface StartedGuest {
  outcome: 'started';
  learnerId: string;
  /** Shown once: a bearer token for the API. */
  token: string;
  /** For pages: keeps the token in an httpOnly cookie. */
  setCookies: string[];
}

/**
 * Creates a learner without an account, and the token that stands for it.
 * @param client where the request comes from, for the rate limit
 */
export async function startGuest(
  school: School,
  { client }: { client: string },
): Promise<StartedGuest | RateLimited> {
  const limited = await school.limiter.take('guest', client, school.clock());
  if (limited) return limited;
  const { learnerId, token } = await createLearner(school, null, async (tx) => ({
    learnerId: tx.learnerId,
    token: await tx.store.createToken({ name: 'guest', at: tx.now }),
  }));
  return { outcome: 'started', learnerId, token, setCookies: [guestCookie(school.config, token)] };
}
