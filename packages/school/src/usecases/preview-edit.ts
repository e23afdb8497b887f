import { foldNew } from '@edirae/engine';
import { editBody, type EditBody, type TrackEdit } from '../goal/edit-body.ts';
import { readSettled } from '../present/read-settled.ts';
import { toNamed } from '../present/titles.ts';
import { trackView } from '../present/track-view.ts';
import type { School } from '../school.ts';
import type { EditPreviewView } from '../goal-views.ts';
import type { TrackView } from '../views.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { NoGoal } from './refusals.ts';

export type PreviewEdit =
  | { outcome: 'preview'; preview: EditPreviewView }
  | Exclude<EditBody, { outcome: 'edited' }>
  | NoGoal
  | RateLimited;

/** What an edit would change, and when one would finish then. Nothing is recorded. */
export async function previewEdit(school: School, learnerId: string, edit: TrackEdit): Promise<PreviewEdit> {
  const limited = await school.limiter.take('preview', learnerId, school.clock());
  if (limited) return limited;
  const { state, now } = await readSettled(school, learnerId);
  const before = trackView(school, state, now);
  if (!state.goal || !before) return { outcome: 'no-goal' };
  const edited = editBody(school, state, state.goal, edit);
  if (edited.outcome !== 'edited') return edited;
  const after = trackView(school, foldNew(state, [{ type: 'track-edited', body: edited.body }], now), now);
  if (!after) return { outcome: 'no-goal' };
  const idsOf = (track: TrackView): string[] => track.skills.map(({ id }) => id);
  return {
    outcome: 'preview',
    preview: {
      before: summary(before),
      after: summary(after),
      comes: toNamed(
        school,
        idsOf(after).filter((id) => !idsOf(before).includes(id)),
      ),
      leaves: toNamed(
        school,
        idsOf(before).filter((id) => !idsOf(after).includes(id)),
      ),
      reordered: idsOf(after).length === idsOf(before).length && idsOf(after).join() !== idsOf(before).join(),
    },
  };
}

function summary({ skills, plan, goal }: TrackView): EditPreviewView['before'] {
  return {
    skills: skills.length,
    plan,
    hoursPerWeek: goal.hoursPerWeek,
    deadline: goal.deadline,
    pausedUntil: goal.pausedUntil,
  };
}
