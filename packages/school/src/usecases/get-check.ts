import type { LearnerState } from '@edirae/engine';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { issueNextInCheck } from '../issuing/next-in-check.ts';
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
  // A retraction can take the open item away; the check goes on with another, or ends where none is left.
  if (tx.state.check?.checkId === checkId && !hasOpenItem(tx.state, checkId))
    await issueNextInCheck(school, tx);
  if (tx.state.check?.checkId === checkId) return { outcome: 'open', check: await openCheckView(school, tx) };
  const result = await checkResultView(school, tx, checkId);
  return result ? { outcome: 'ended', result } : { outcome: 'not-found' };
}

function hasOpenItem(state: LearnerState, checkId: string): boolean {
  return Object.values(state.openIssues).some((issue) => issue.sessionId === checkId);
}
