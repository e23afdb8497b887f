import type { School } from '../school.ts';
import { createLearner } from '../store/act-on.ts';
import { findLearnerOfUser } from '../store/learners.ts';

/**
 * The learner of an account. One that lacks a learner gets it now: the account is made before the learner is
 * claimed, and the process may have died in between.
 */
export async function getLearnerOfUser(school: School, userId: string): Promise<string> {
  const learner = await findLearnerOfUser(school.db, userId);
  if (learner !== undefined) return learner.id;
  try {
    return await createLearner(school, userId, async (tx) => {
      tx.append([{ type: 'account-claimed', body: { method: 'email' } }]);
      return tx.learnerId;
    });
  } catch (error) {
    // Two requests at once: the second breaks on the unique user and finds the first one's learner.
    const made = await findLearnerOfUser(school.db, userId);
    if (made === undefined) throw error;
    return made.id;
  }
}
