import {
  ancestorsOf,
  compileTrack,
  type EventBodies,
  type GoalState,
  type LearnerState,
} from '@edirae/engine';
import type { School } from '../school.ts';
import { skippedOf } from './goal-body.ts';

export interface TrackEdit {
  hoursPerWeek?: number | undefined;
  /** YYYY-MM-DD; null removes it. */
  deadline?: string | null | undefined;
  /** Skills to ask for. */
  add?: readonly string[] | undefined;
  /** Targets no longer asked for; what only they required leaves with them. */
  remove?: readonly string[] | undefined;
  /** A skill to learn sooner or later, as far as requirements allow; `first` brings what it requires along. */
  move?: { skill: string; to: 'first' | 'earlier' | 'later' } | undefined;
  /** Learning rests until that day, YYYY-MM-DD; null ends a rest. */
  pausedUntil?: string | null | undefined;
  /** Goes back to the order that Edirae would give. */
  ownOrder?: false | undefined;
}

export type EditBody =
  | { outcome: 'edited'; body: EventBodies['track-edited'] }
  /** A skill that does not exist, or is not asked for. */
  | { outcome: 'not-found' }
  /** It stands where it must: what it requires comes before it, what requires it after. */
  | { outcome: 'cannot-move'; because: string[] };

/** A track as edited, to be recorded or only looked at. */
export function editBody(school: School, state: LearnerState, goal: GoalState, edit: TrackEdit): EditBody {
  const { graph } = school;
  const add = edit.add ?? [];
  const remove = edit.remove ?? [];
  if (add.some((id) => !graph.skills.has(id))) return { outcome: 'not-found' };
  if (remove.some((id) => !goal.targets.includes(id))) return { outcome: 'not-found' };
  if (edit.move && !goal.skills.includes(edit.move.skill)) return { outcome: 'not-found' };
  const kept = goal.targets.filter((id) => !remove.includes(id) && graph.skills.has(id));
  const asked = [...kept, ...add.filter((id) => !kept.includes(id))];
  const ordered = edit.move !== undefined || (goal.ordered === true && edit.ownOrder !== false);
  const preferred = edit.move ? moved(school, goal.skills, edit.move) : goal.skills;
  const { targets, skills } = compileTrack(graph, { targets: asked, ...(ordered ? { preferred } : {}) });
  if (edit.move && skills.join() === goal.skills.join())
    return { outcome: 'cannot-move', because: inTheWay(school, goal.skills, edit.move) };
  const pausedUntil = edit.pausedUntil === undefined ? (goal.pausedUntil ?? null) : edit.pausedUntil;
  return {
    outcome: 'edited',
    body: {
      goalId: goal.goalId,
      hoursPerWeek: edit.hoursPerWeek ?? goal.hoursPerWeek,
      deadline: edit.deadline === undefined ? goal.deadline : edit.deadline,
      targets,
      skills,
      skipped: skippedOf(state, targets, skills),
      ordered,
      pausedUntil,
      curriculum: school.curriculumHash,
    },
  };
}

function moved(
  { graph }: School,
  skills: readonly string[],
  { skill, to }: NonNullable<TrackEdit['move']>,
): string[] {
  const order = skills.filter((id) => graph.skills.has(id));
  const at = order.indexOf(skill);
  if (to === 'first') {
    const needed = ancestorsOf(graph, skill).filter((id) => order.includes(id));
    const front = [...order.filter((id) => needed.includes(id)), skill];
    return [...front, ...order.filter((id) => !front.includes(id))];
  }
  const other = to === 'earlier' ? at - 1 : at + 1;
  if (other < 0 || other >= order.length) return order;
  [order[at], order[other]] = [order[other] as string, order[at] as string];
  return order;
}

/** The neighbour that a skill cannot pass, if it is one. */
function inTheWay(
  { graph }: School,
  skills: readonly string[],
  { skill, to }: NonNullable<TrackEdit['move']>,
): string[] {
  const at = skills.indexOf(skill);
  const neighbour = to === 'later' ? skills[at + 1] : skills[at - 1];
  if (neighbour === undefined) return [];
  const [lower, upper] = to === 'later' ? [skill, neighbour] : [neighbour, skill];
  return graph.skills.get(upper)?.requires.includes(lower) ? [neighbour] : [];
}
