import { planTrack, restEnds, type LearnerState, type PlanInput, type TrackPlan } from '@edirae/engine';
import type { School } from '../school.ts';
import type { TrackView } from '../views.ts';
import { labsOnTrack, toLabLink } from '../labs/present-lab.ts';
import { toSkillRow } from './skill-rows.ts';
import { skillTitle } from './titles.ts';
import { whyInTrack } from './why-in-track.ts';

/** The current goal's track; null before the first goal. */
export function trackView(school: School, state: LearnerState, now: number): TrackView | null {
  const { goal } = state;
  if (!goal) return null;
  const known = goal.skills.filter((id) => school.graph.skills.has(id));
  const plan = planOf(school, state, now);
  const why = whyInTrack(
    school,
    { targets: goal.targets, skills: known, ...(goal.proposed ? { proposed: goal.proposed } : {}) },
    school.matcher.readGoal(goal.text),
  );
  return {
    goalId: goal.goalId,
    goal: {
      text: goal.text,
      background: goal.background,
      hoursPerWeek: goal.hoursPerWeek,
      deadline: goal.deadline,
      setAt: goal.setAt,
      pausedUntil: goal.pausedUntil ?? null,
      ordered: goal.ordered === true,
    },
    outcome: goal.outcome,
    skills: known.map((id) => toSkillRow({ school, state, now, targets: goal.targets, why }, id)),
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
    labs: labsOnTrack(school, state).flatMap((id) => toLabLink(school, state, id) ?? []),
    placementOffered:
      state.placementsEnded === 0 &&
      state.placement === null &&
      known.some((id) => school.graph.skills.get(id)?.written),
  };
}

/** A plan is four hundred simulated journeys; today, track and progress ask for it one after another. It is dated in days. */
const KEPT_FOR = 10 * 60_000;
const plans = new WeakMap<LearnerState, { from: number; plan: TrackPlan | null }>();

/** The plan of the present goal; null without one, and without hours. */
export function planOf(school: School, state: LearnerState, now: number): TrackPlan | null {
  const kept = plans.get(state);
  if (kept && now >= kept.from && now - kept.from < KEPT_FOR) return kept.plan;
  const input = planInput(school, state, now);
  const plan = input && planTrack(input);
  plans.set(state, { from: now, plan });
  return plan;
}

/** What the plan of the present goal is made from; null without one. */
export function planInput(school: School, state: LearnerState, now: number): PlanInput | null {
  const { goal } = state;
  return (
    goal && {
      graph: school.graph,
      state,
      skills: goal.skills.filter((id) => school.graph.skills.has(id)),
      hoursPerWeek: goal.hoursPerWeek,
      now,
      deadline: goal.deadline === null ? null : endOfDay(goal.deadline),
      pausedUntil: restEnds(goal),
    }
  );
}

/** A deadline is met on its day, wherever the learner is: until midnight UTC after it. */
function endOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) + 86_400_000;
}
