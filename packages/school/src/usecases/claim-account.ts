import { signUp, type AccountRefusal, type Requester } from '../auth/accounts.ts';
import { forgetGuestCookie, readGuestCookie } from '../auth/guest-cookie.ts';
import { deleteUser } from '../auth/users.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { revokeToken } from '../store/tokens.ts';
import { getLearnerOfUser } from './get-learner-of-user.ts';

export interface AccountClaim {
  email: string;
  password: string;
  name?: string | undefined;
}

export type ClaimAccount =
  | { outcome: 'claimed'; learnerId: string; setCookies: string[] }
  | { outcome: 'already-claimed' }
  | AccountRefusal;

/**
 * Makes an account and gives it the guest's progress, or a new learner where there is no guest. The learner's
 * id stays; the guest's cookie is replaced by a session.
 */
export async function claimAccount(
  school: School,
  guestId: string | null,
  claim: AccountClaim,
  from: Requester,
): Promise<ClaimAccount> {
  const name = (claim.name ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 100);
  // First the account, which better-auth writes itself; a failure after it is made good at the next sign-in.
  const account = await signUp(school, from, { email: claim.email.trim(), password: claim.password, name });
  if (account.outcome !== 'signed-in') return account;
  const learnerId =
    guestId === null
      ? await getLearnerOfUser(school, account.userId)
      : await moveGuest(school, guestId, account.userId);
  if (learnerId === null) {
    await deleteUser(school.db, account.userId);
    return { outcome: 'already-claimed' };
  }
  const token = readGuestCookie(from.headers);
  if (token !== undefined) await revokeToken(school.db, token);
  return {
    outcome: 'claimed',
    learnerId,
    setCookies: [...account.setCookies, forgetGuestCookie(school.config)],
  };
}

/** Gives a guest's learner to an account; null where it has one already. */
export async function moveGuest(school: School, guestId: string, userId: string): Promise<string | null> {
  return actOn(school, guestId, async (tx) => {
    if (tx.userId !== null) return null;
    await tx.store.setUser(userId);
    tx.append([{ type: 'account-claimed', body: { method: 'email' } }]);
    return tx.learnerId;
  });
}
