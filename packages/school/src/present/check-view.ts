import { beliefOf, canStillPass } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { CheckView } from '../views.ts';
import { toItemView } from './item-view.ts';
import { checkProgress, ruleView } from './rule-view.ts';
import { skillHead } from './skill-head.ts';

/** The open check with its unanswered item. A reload or a second tab gets the same one. */
export async function openCheckView(
  school: School,
  tx: Pick<LearnerReader, 'state' | 'now' | 'store'>,
): Promise<CheckView> {
  const check = tx.state.check;
  if (!check) throw new Error('No check is open');
  const open = Object.values(tx.state.openIssues).find((issue) => issue.sessionId === check.checkId);
  const shown = open && (await tx.store.findIssue(open.issueId));
  const belief = beliefOf(tx.state, school.graph, check.skill, tx.now);
  return {
    checkId: check.checkId,
    skill: skillHead(school, check.skill),
    challenge: check.challenge,
    startedAt: check.startedAt,
    rule: ruleView(check, belief.p),
    progress: checkProgress(check, belief.p, canStillPass(tx.state, tx.now)),
    p: belief,
    item: shown ? toItemView(shown) : null,
  };
}
