import { beliefOf, isOpen, isRefreshDue, stateOf, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { SkillRowView } from '../views.ts';
import { skillTitle } from './titles.ts';

export interface RowContext {
  school: School;
  state: LearnerState;
  now: number;
  targets: readonly string[];
  track: readonly string[];
}

/** A skill as a row of a map or a list. @throws Error on an unknown id */
export function toSkillRow({ school, state, now, targets, track }: RowContext, id: string): SkillRowView {
  const skill = school.curriculum.skills.get(id);
  const module = school.curriculum.modules.find((entry) => entry.id === skill?.module);
  if (!skill || !module) throw new Error(`Skill ${id} is not in the curriculum`);
  const record = state.skills[id];
  const written = skill.status === 'written';
  return {
    id,
    title: skill.title,
    criterion: skill.criterion,
    module: { id: module.id, number: module.number, title: module.title },
    stage: skill.stage,
    minutes: skill.minutes,
    state: stateOf(record),
    refreshDue: record ? isRefreshDue(record, now) : false,
    open: isOpen(state, school.graph, id),
    written,
    target: targets.includes(id),
    why: whyInTrack(school, id, targets, track),
    requires: skill.requires,
    buildsOn: skill.buildsOn,
    p: record ? beliefOf(state, school.graph, id, now) : null,
  };
}

/** Why a skill is in the track: asked for, or required by what is. */
function whyInTrack(
  school: School,
  id: string,
  targets: readonly string[],
  track: readonly string[],
): string {
  if (targets.includes(id)) return 'Your goal asks for it.';
  const needing = track.filter((other) => school.graph.skills.get(other)?.requires.includes(id));
  if (needing.length === 0) return '';
  const named = needing
    .slice(0, 2)
    .map((other) => skillTitle(school, other))
    .join(' and ');
  const more = needing.length > 2 ? `, and ${needing.length - 2} more` : '';
  return `${named}${more} ${needing.length > 1 ? 'require' : 'requires'} it.`;
}
