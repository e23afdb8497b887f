import { closeOverdue } from '../issuing/close-overdue.ts';
import { checkResultView } from '../present/check-result.ts';
import { openCheckView } from '../present/check-view.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { CheckResultView, CheckView } from '../views.ts';
import type { NotFound } from './refusals.ts';

export type GetCheck =
  { outcome: 'open'; check: CheckView } | { outcome: 'ended'; result: CheckResultView } | NotFound;

/** A check of this learner: the open one with its item, or the result of an ended one. */
export async function getCheck(school: School, learnerId: string, checkId: string): Promise<GetCheck> {
  return actOn(school, learnerId, async (tx) => {
    await closeOverdue(school, tx);
    return checkNow(school, tx, checkId);
  });
}

export async function checkNow(school: School, tx: LearnerTransaction, checkId: string): Promise<GetCheck> {
  if (tx.state.check?.checkId === checkId) return { outcome: 'open', check: await openCheckView(school, tx) };
  const result = await checkResultView(school, tx, checkId);
  return result ? { outcome: 'ended', result } : { outcome: 'not-found' };
}
