import { closeOverdue } from '../issuing/close-overdue.ts';
import { openReview, type OpenReview } from '../issuing/open-review.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { refuseIfCheckOpen, type CheckOpen } from './refusals.ts';

export type StartReview = OpenReview | CheckOpen;

/** A due skill review: a fresh item that does not say which skill it asks. */
export async function startReview(school: School, learnerId: string): Promise<StartReview> {
  return actOn(school, learnerId, async (tx): Promise<StartReview> => {
    await closeOverdue(school, tx);
    return refuseIfCheckOpen(tx.state) ?? openReview(school, tx);
  });
}
