import { deleteUser } from '../auth/users.ts';
import type { School } from '../school.ts';
import { eraseLearner } from '../store/erase-learner.ts';
import { findLearner } from '../store/learners.ts';
import { transact } from '../store/transaction.ts';
import { recordAct } from './record-act.ts';

/**
 * Erases a learner on an operator's word, account included, and says so in the audit log in the same transaction.
 * False: there is no such learner.
 */
export async function eraseByOperator(school: School, learnerId: string, by: string): Promise<boolean> {
  return transact(school.db, async (tx) => {
    const learner = await findLearner(tx, learnerId);
    if (learner === undefined) return false;
    const userId = await eraseLearner(tx, learnerId);
    if (userId !== null) await deleteUser(tx, userId);
    await recordAct(tx, { act: 'erase', details: { learner: learnerId } }, by);
    return true;
  });
}
