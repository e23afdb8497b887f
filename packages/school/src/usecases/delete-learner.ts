import { forgetSession } from '../auth/accounts.ts';
import { forgetGuestCookie } from '../auth/guest-cookie.ts';
import { deleteUser } from '../auth/users.ts';
import type { School } from '../school.ts';
import { eraseLearner } from '../store/erase-learner.ts';
import { transact } from '../store/transaction.ts';

/** Erases a learner: ledger, answers, receipts, tokens, the chains adopted by it, and the account. Final. */
export async function deleteLearner(school: School, learnerId: string): Promise<{ setCookies: string[] }> {
  school.speaking.silence(learnerId);
  await transact(school.db, async (tx) => {
    const userId = await eraseLearner(tx, learnerId);
    if (userId !== null) await deleteUser(tx, userId);
  });
  school.shiftMarked.delete(learnerId);
  school.states.forget(learnerId);
  return { setCookies: [...(await forgetSession(school)), forgetGuestCookie(school.config)] };
}
