import { nextStep, type LearnerState } from '@edirae/engine';
import { labsOnTrack } from '../labs/present-lab.ts';
import { practisableBy } from '../issuing/fresh-variant.ts';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { readSettled } from '../present/read-settled.ts';
import type { NextView } from '../views.ts';

/** The one next action, with its reason. */
export async function getNext(school: School, learnerId: string): Promise<NextView> {
  const { state, now } = await readSettled(school, learnerId);
  return nextView(school, state, now);
}

export function nextView(school: School, state: LearnerState, now: number): NextView {
  const { action, skill, lab, why } = nextStep(
    state,
    school.graph,
    now,
    practisableBy(school, state, now),
    labsOnTrack(school, state),
  );
  // A review is unlabelled: its skill is found out by answering.
  const named = action === 'review' ? null : skill;
  const work = school.curriculum.labs.find(({ id }) => id === lab);
  return {
    action,
    skill: named,
    title: named === null ? (work?.title ?? null) : skillTitle(school, named),
    ...(work ? { lab: { id: work.id, title: work.title } } : {}),
    why,
  };
}
