import { signIn as openSession, type AccountRefusal, type Requester } from '../auth/accounts.ts';
import { forgetGuestCookie, readGuestCookie } from '../auth/guest-cookie.ts';
import type { School } from '../school.ts';
import { findLearner, findLearnerOfUser } from '../store/learners.ts';
import { revokeToken } from '../store/tokens.ts';
import { adoptGuest } from './adopt-guest.ts';
import { moveGuest } from './claim-account.ts';
import { getLearnerOfUser } from './get-learner-of-user.ts';

export type SignIn =
  | {
      outcome: 'signed-in';
      learnerId: string;
      /** Events of the guest that were taken over. */ adopted: number;
      setCookies: string[];
    }
  | AccountRefusal;

/** Signs in to an account and brings along what was done as a guest, if anything. */
export async function signIn(
  school: School,
  guestId: string | null,
  credentials: { email: string; password: string },
  from: Requester,
): Promise<SignIn> {
  const email = credentials.email.trim().toLowerCase();
  const limited = await school.limiter.take('sign-in', `${from.address ?? ''}/${email}`, school.clock());
  if (limited) return limited;
  const session = await openSession(school, from, { email, password: credentials.password });
  if (session.outcome !== 'signed-in') return session;
  const { learnerId, adopted } = await bringAlong(school, guestId, session.userId);
  const token = readGuestCookie(from.headers);
  if (token !== undefined) await revokeToken(school.db, token);
  return {
    outcome: 'signed-in',
    learnerId,
    adopted,
    setCookies: [...session.setCookies, forgetGuestCookie(school.config)],
  };
}

async function bringAlong(
  school: School,
  guestId: string | null,
  userId: string,
): Promise<{ learnerId: string; adopted: number }> {
  const guest = guestId === null ? undefined : await findLearner(school.db, guestId);
  if (guest === undefined || guest.userId !== null || guest.mergedInto !== null)
    return { learnerId: await getLearnerOfUser(school, userId), adopted: 0 };
  const own = await findLearnerOfUser(school.db, userId);
  if (own === undefined)
    return {
      learnerId: (await moveGuest(school, guest.id, userId)) ?? (await getLearnerOfUser(school, userId)),
      adopted: 0,
    };
  return { learnerId: own.id, adopted: await adoptGuest(school, guest.id, own.id) };
}
