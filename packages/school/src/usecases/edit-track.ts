import { openingsAfter } from '@edirae/engine';
import { editBody, type EditBody, type TrackEdit } from '../goal/edit-body.ts';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { trackView } from '../present/track-view.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { TrackView } from '../views.ts';
import type { NoGoal } from './refusals.ts';

export type EditTrack =
  { outcome: 'edited'; track: TrackView } | Exclude<EditBody, { outcome: 'edited' }> | NoGoal;

/** Changes the plan without a reset: nothing learned is lost, and the old track stays in the ledger. */
export async function editTrack(school: School, learnerId: string, edit: TrackEdit): Promise<EditTrack> {
  return actOn(school, learnerId, async (tx): Promise<EditTrack> => {
    await closeOverdue(school, tx);
    const { goal } = tx.state;
    if (!goal) return { outcome: 'no-goal' };
    const edited = editBody(school, tx.state, goal, edit);
    if (edited.outcome !== 'edited') return edited;
    await appendDecisions(school, tx, [{ type: 'track-edited', body: edited.body }]);
    await appendDecisions(school, tx, openingsAfter(tx.state, engineContext(school, tx.now)));
    const track = trackView(school, tx.state, tx.now);
    return track ? { outcome: 'edited', track } : { outcome: 'no-goal' };
  });
}
