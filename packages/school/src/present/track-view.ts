import { planTrack, type LearnerState, type TrackPlan } from '@edirae/engine';
import type { School } from '../school.ts';
import type { TrackView } from '../views.ts';
import { toSkillRow } from './skill-rows.ts';
import { skillTitle } from './titles.ts';

/** The current goal's track; null before the first goal. */
export function trackView(school: School, state: LearnerState, now: number): TrackView | null {
  const { goal } = state;
  if (!goal) return null;
  const known = goal.skills.filter((id) => school.graph.skills.has(id));
  const plan = planOf(school, state, known, now);
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

/** A plan is four hundred simulated journeys; today, track and progress ask for it one after another. It is dated in days. */
const KEPT_FOR = 10 * 60_000;
const plans = new WeakMap<LearnerState, { from: number; plan: TrackPlan | null }>();

function planOf(
  { graph }: School,
  state: LearnerState,
  skills: readonly string[],
  now: number,
): TrackPlan | null {
  const kept = plans.get(state);
  if (kept && now >= kept.from && now - kept.from < KEPT_FOR) return kept.plan;
  const { hoursPerWeek = 0, deadline = null } = state.goal ?? {};
  const until = deadline === null ? null : endOfDay(deadline);
  const plan = planTrack({ graph, state, skills, hoursPerWeek, now, deadline: until });
  plans.set(state, { from: now, plan });
  return plan;
}

/** A deadline is met on its day, wherever the learner is: until midnight UTC after it. */
function endOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) + 86_400_000;
}
