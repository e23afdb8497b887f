import { choosePlacementSkill, endPlacement } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';
import { appendDecisions } from './append-decisions.ts';
import { engineContext } from './ctx.ts';
import { issueNext } from './issue-item.ts';
import type { ShownIssue } from './shown-issue.ts';

/** The next item of the open placement; when nothing more is worth asking it ends, and null is returned. */
export async function issueNextInPlacement(
  school: School,
  tx: LearnerTransaction,
): Promise<ShownIssue | null> {
  const placement = tx.state.placement;
  if (!placement) throw new Error('No placement is open');
  const skill = choosePlacementSkill(tx.state, school.graph);
  const issued =
    skill &&
    (await issueNext(school, tx, {
      place: 'placement',
      sessionId: placement.placementId,
      skill,
      seed: `${placement.placementId}/${placement.answers.length}`,
      allowStale: false,
    }));
  if (issued) return issued;
  await appendDecisions(
    school,
    tx,
    endPlacement(tx.state, engineContext(school, tx.now), { reason: 'complete' }),
  );
  return null;
}
