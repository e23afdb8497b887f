import { openingsAfter } from '@edirae/engine';
import { compileTrack } from '../goal/compile-track.ts';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { trackView } from '../present/track-view.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { TrackView } from '../views.ts';
import type { NoGoal, NotFound } from './refusals.ts';

export interface TrackEdit {
  hoursPerWeek?: number | undefined;
  /** YYYY-MM-DD; null removes it. */
  deadline?: string | null | undefined;
  /** A skill to ask for. */
  add?: string | undefined;
  /** A target no longer asked for; what only it required leaves with it. */
  remove?: string | undefined;
}

export type EditTrack = { outcome: 'edited'; track: TrackView } | NoGoal | NotFound;

/** Changes the plan without a reset: nothing learned is lost, and the old track stays in the ledger. */
export async function editTrack(school: School, learnerId: string, edit: TrackEdit): Promise<EditTrack> {
  return actOn(school, learnerId, async (tx): Promise<EditTrack> => {
    await closeOverdue(school, tx);
    const { goal } = tx.state;
    if (!goal) return { outcome: 'no-goal' };
    if (edit.add !== undefined && !school.graph.skills.has(edit.add)) return { outcome: 'not-found' };
    if (edit.remove !== undefined && !goal.targets.includes(edit.remove)) return { outcome: 'not-found' };
    const kept = goal.targets.filter((id) => id !== edit.remove && school.graph.skills.has(id));
    const targets = edit.add === undefined || kept.includes(edit.add) ? kept : [...kept, edit.add];
    await appendDecisions(school, tx, [
      {
        type: 'track-edited',
        body: {
          goalId: goal.goalId,
          hoursPerWeek: edit.hoursPerWeek ?? goal.hoursPerWeek,
          deadline: edit.deadline === undefined ? goal.deadline : edit.deadline,
          ...compileTrack(school.graph, tx.state, targets),
          curriculum: school.curriculumHash,
        },
      },
    ]);
    await appendDecisions(school, tx, openingsAfter(tx.state, engineContext(school, tx.now)));
    const track = trackView(school, tx.state, tx.now);
    return track ? { outcome: 'edited', track } : { outcome: 'no-goal' };
  });
}
