import { beliefOf, canStillPass } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { CheckProgressView } from '../views.ts';
import { endedCheck, endedProgress } from './ended-check.ts';
import { checkProgress } from './rule-view.ts';

/** How a check stands: from the state while it is open, from its decision once it has ended. */
export async function checkProgressOf(
  school: School,
  tx: LearnerReader,
  checkId: string | null,
): Promise<CheckProgressView | undefined> {
  if (checkId === null) return undefined;
  const open = tx.state.check;
  if (open?.checkId === checkId)
    return checkProgress(
      open,
      beliefOf(tx.state, school.graph, open.skill, tx.now).p,
      canStillPass(tx.state, tx.now),
    );
  const ended = await endedCheck(tx, checkId);
  return ended && endedProgress(ended);
}
