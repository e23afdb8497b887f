import { openingsAfter } from '@edirae/engine';
import { goalBody, type GoalInput } from '../goal/goal-body.ts';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { trackView } from '../present/track-view.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { TrackView } from '../views.ts';

export type SetGoal =
  | { outcome: 'track' | 'nearest' | 'no-match'; goalId: string; track: TrackView; unmatched: string[] }
  | RateLimited;

/** Records a goal and the track compiled from it. What was demonstrated stays, whatever the goal. */
export async function setGoal(school: School, learnerId: string, input: GoalInput): Promise<SetGoal> {
  const limited = await school.limiter.take('goal', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<SetGoal> => {
    await closeOverdue(school, tx);
    const goalId = school.newId();
    const { body, reading } = goalBody(school, tx.state, input, { goalId, now: tx.now });
    await appendDecisions(school, tx, [{ type: 'goal-set', body }]);
    await appendDecisions(school, tx, openingsAfter(tx.state, engineContext(school, tx.now)));
    const track = trackView(school, tx.state, tx.now);
    if (!track) throw new Error('The goal that was just set is not there');
    return {
      outcome: body.outcome,
      goalId,
      track,
      unmatched: [...reading.outside.flatMap(({ words }) => words), ...reading.unmatched],
    };
  });
}
