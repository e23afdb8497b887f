import { findUser } from '../auth/users.ts';
import type { School } from '../school.ts';
import { findLearner, LearnerNotFound } from '../store/learners.ts';
import { isOperator } from './is-operator.ts';
import type { AccountView } from '../views.ts';

/** Who a learner is, as pages greet them. @throws LearnerNotFound */
export async function getAccount(school: School, learnerId: string): Promise<AccountView> {
  const learner = await findLearner(school.db, learnerId);
  if (learner === undefined) throw new LearnerNotFound(learnerId);
  const user = learner.userId === null ? undefined : await findUser(school.db, learner.userId);
  return {
    learnerId,
    guest: user === undefined,
    email: user?.email ?? null,
    name: user?.name || null,
    operator: user !== undefined && (await isOperator(school, user)),
  };
}
