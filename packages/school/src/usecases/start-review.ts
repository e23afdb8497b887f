import { chooseReviewSkill } from '@edirae/engine';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { issueNext } from '../issuing/issue-item.ts';
import { toItemView } from '../present/item-view.ts';
import { reviewsDue } from '../present/reviews-due.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { ReviewView } from '../views.ts';
import { refuseIfCheckOpen, type CheckOpen, type NoVariant } from './refusals.ts';

export type StartReview =
  | { outcome: 'open'; existing: boolean; review: ReviewView }
  | { outcome: 'none-due'; nextAt: number | null }
  | CheckOpen
  | NoVariant;

/** A due skill review: a fresh item that does not say which skill it asks. */
export async function startReview(school: School, learnerId: string): Promise<StartReview> {
  return actOn(school, learnerId, async (tx): Promise<StartReview> => {
    await closeOverdue(school, tx);
    const refusal = refuseIfCheckOpen(tx.state);
    if (refusal) return refusal;
    const open = Object.values(tx.state.openIssues).find((issue) => issue.place === 'review');
    const shown = open && (await tx.store.findIssue(open.issueId));
    const due = reviewsDue(school.graph, tx.state, tx.now);
    if (shown)
      return {
        outcome: 'open',
        existing: true,
        review: { item: toItemView(shown), due: Math.max(1, due.skills) },
      };

    const skill = chooseReviewSkill(tx.state, school.graph, tx.now);
    if (skill === null) return { outcome: 'none-due', nextAt: due.nextAt };
    const issued = await issueNext(school, tx, {
      place: 'review',
      sessionId: null,
      skill,
      seed: `${learnerId}/${tx.head.seq}`,
      allowStale: false,
    });
    if (!issued) return { outcome: 'no-variant' };
    return {
      outcome: 'open',
      existing: false,
      review: { item: toItemView(issued), due: Math.max(1, due.skills) },
    };
  });
}
