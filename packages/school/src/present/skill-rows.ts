import { beliefOf, isOpen, isRefreshDue, stateOf, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { SkillRowView } from '../views.ts';
import type { Why } from './why-in-track.ts';

export interface RowContext {
  school: School;
  state: LearnerState;
  now: number;
  targets: readonly string[];
  /** Why each skill of the track is in it; one that is not has no reason. */
  why: ReadonlyMap<string, Why>;
}

/** A skill as a row of a map or a list. @throws Error on an unknown id */
export function toSkillRow({ school, state, now, targets, why }: RowContext, id: string): SkillRowView {
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
    why: why.get(id)?.text ?? '',
    requires: skill.requires,
    buildsOn: skill.buildsOn,
    p: record ? beliefOf(state, school.graph, id, now) : null,
  };
}
