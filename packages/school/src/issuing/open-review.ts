import { chooseReviewSkill } from '@edirae/engine';
import { toItemView } from '../present/item-view.ts';
import { reviewsDue } from '../present/reviews-due.ts';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';
import type { NoVariant } from '../usecases/refusals.ts';
import type { ReviewView } from '../views.ts';
import { issueNext } from './issue-item.ts';

export type OpenReview =
  | { outcome: 'open'; existing: boolean; review: ReviewView }
  | { outcome: 'none-due'; nextAt: number | null }
  | NoVariant;

/** The open review item of a learner, or a fresh one on a skill that is due. It does not say which. */
export async function openReview(school: School, tx: LearnerTransaction): Promise<OpenReview> {
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
    seed: `${tx.learnerId}/${tx.head.seq}`,
    allowStale: false,
  });
  if (!issued) return { outcome: 'no-variant' };
  return {
    outcome: 'open',
    existing: false,
    review: { item: toItemView(issued), due: Math.max(1, due.skills) },
  };
}
