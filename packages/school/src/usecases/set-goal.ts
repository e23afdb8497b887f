import { openingsAfter } from '@edirae/engine';
import { compileTrack } from '../goal/compile-track.ts';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { trackView } from '../present/track-view.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { TrackView } from '../views.ts';

export interface GoalInput {
  text: string;
  background?: string | undefined;
  hoursPerWeek?: number | undefined;
  /** YYYY-MM-DD */
  deadline?: string | undefined;
}

export type SetGoal =
  | { outcome: 'track' | 'nearest' | 'no-match'; goalId: string; track: TrackView; unmatched: string[] }
  | RateLimited;

/** What most people who study beside a job can give. */
export const DEFAULT_HOURS_PER_WEEK = 6;

/** Records a goal and the track compiled from it. What was demonstrated stays, whatever the goal. */
export async function setGoal(school: School, learnerId: string, input: GoalInput): Promise<SetGoal> {
  const limited = await school.limiter.take('goal', learnerId, school.clock());
  if (limited) return limited;
  const reading = school.matcher.readGoal(input.text);
  return actOn(school, learnerId, async (tx): Promise<SetGoal> => {
    await closeOverdue(school, tx);
    const compiled = compileTrack(
      school.graph,
      tx.state,
      reading.targets.map((target) => target.skill),
    );
    const goalId = school.newId();
    await appendDecisions(school, tx, [
      {
        type: 'goal-set',
        body: {
          goalId,
          text: input.text,
          background: input.background || null,
          hoursPerWeek: input.hoursPerWeek ?? tx.state.goal?.hoursPerWeek ?? DEFAULT_HOURS_PER_WEEK,
          deadline: input.deadline || null,
          outcome: reading.outcome,
          ...compiled,
          curriculum: school.curriculumHash,
        },
      },
    ]);
    await appendDecisions(school, tx, openingsAfter(tx.state, engineContext(school, tx.now)));
    const track = trackView(school, tx.state, tx.now);
    if (!track) throw new Error('The goal that was just set is not there');
    return {
      outcome: reading.outcome,
      goalId,
      track,
      unmatched: [...reading.outside.flatMap(({ words }) => words), ...reading.unmatched],
    };
  });
}
