import { planTrack, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { TrackView } from '../views.ts';
import { toSkillRow } from './skill-rows.ts';
import { skillTitle } from './titles.ts';

/** The current goal's track; null before the first goal. */
export function trackView(school: School, state: LearnerState, now: number): TrackView | null {
  const { goal } = state;
  if (!goal) return null;
  const known = goal.skills.filter((id) => school.graph.skills.has(id));
  const deadline = goal.deadline === null ? null : endOfDay(goal.deadline);
  const plan = planTrack({
    graph: school.graph,
    state,
    skills: known,
    hoursPerWeek: goal.hoursPerWeek,
    now,
    deadline,
  });
  return {
    goalId: goal.goalId,
    goal: {
      text: goal.text,
      background: goal.background,
      hoursPerWeek: goal.hoursPerWeek,
      deadline: goal.deadline,
      setAt: goal.setAt,
    },
    outcome: goal.outcome,
    skills: known.map((id) => toSkillRow({ school, state, now, targets: goal.targets, track: known }, id)),
    skipped: goal.skipped.map(({ id, why }) => ({ id, title: skillTitle(school, id), why })),
    plan:
      plan && known.length > 0
        ? {
            p50: plan.p50,
            p90: plan.p90,
            basis: plan.basis,
            observations: plan.observations,
            minutesLeft: plan.minutesLeft,
            meetsDeadline: plan.meetsDeadline,
          }
        : null,
    placementOffered:
      state.placementsEnded === 0 &&
      state.placement === null &&
      known.some((id) => school.graph.skills.get(id)?.written),
  };
}

/** A deadline is met on its day, wherever the learner is: until midnight UTC after it. */
function endOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) + 86_400_000;
}
