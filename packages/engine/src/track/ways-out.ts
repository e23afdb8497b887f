import { planTrack, type PlanInput } from '../plan.ts';
import { hasPassed } from '../standing.ts';
import { compileTrack } from './compile-track.ts';

const WEEK = 7 * 86_400_000;

/** What could give way where a deadline is out of reach. Times are epoch milliseconds. */
export interface WaysOut {
  /** Weeks from now to the deadline; 0 or less where it is over. */
  weeksLeft: number;
  /** Weeks that the plan needs at even odds. */
  weeksNeeded: number;
  /** Share of simulated journeys that finish in time, 0 to 1. */
  share: number;
  /** Hours a week at which half of the journeys, and nine in ten, finish in time; null beyond `MOST_HOURS`. */
  hours: { half: number | null; nine: number | null };
  /** The most wanted targets that fit at even odds, what is left out, and when these would be done; null where not even one fits. */
  fewer: { targets: string[]; dropped: string[]; skills: string[]; p50: number; p90: number } | null;
  /** The date that nine in ten journeys meet. */
  later: number;
  /** Skills of the track done by the deadline at the middle pace, of how many still to do. */
  wish: { done: number; of: number };
}

/** A week has no more hours for learning beside a life (judgement). */
export const MOST_HOURS = 40;
const HOUR_STEP = 0.5;

/**
 * The ways out of a deadline that the track is not expected to meet. Null without a deadline or hours, and where nine in ten journeys meet it.
 * @param targets the most wanted first
 */
export function waysOut(input: PlanInput, targets: readonly string[]): WaysOut | null {
  const plan = planTrack(input);
  if (plan === null || plan.deadlineShare === null || plan.meetsDeadline === true) return null;
  const by = endOf(input.deadline);
  const weeksLeft = (by - input.now) / WEEK;
  return {
    weeksLeft,
    weeksNeeded: (plan.p50 - input.now) / WEEK,
    share: plan.deadlineShare,
    hours: { half: hoursFor(input, 0.5), nine: hoursFor(input, 0.9) },
    fewer: weeksLeft <= 0 ? null : fewerTargets(input, targets, by),
    later: plan.p90,
    wish: doneBy(input, plan, by),
  };
}

function endOf(deadline: PlanInput['deadline']): number {
  return typeof deadline === 'number' ? deadline : Date.parse(`${String(deadline)}T23:59:59.999Z`);
}

/** The least hours a week, in halves, at which that share of the journeys is in time. */
function hoursFor(input: PlanInput, share: number): number | null {
  const isEnough = (hoursPerWeek: number): boolean =>
    (planTrack({ ...input, hoursPerWeek })?.deadlineShare ?? 0) >= share;
  if (!isEnough(MOST_HOURS)) return null;
  let low = Math.ceil(input.hoursPerWeek / HOUR_STEP);
  let high = MOST_HOURS / HOUR_STEP;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle * HOUR_STEP)) high = middle;
    else low = middle + 1;
  }
  return high * HOUR_STEP;
}

/** As many of the most wanted targets as half of the journeys finish in time. */
function fewerTargets(input: PlanInput, targets: readonly string[], by: number): WaysOut['fewer'] {
  const planOf = (count: number) => {
    const { skills } = compileTrack(input.graph, {
      targets: targets.slice(0, count),
      preferred: input.skills,
    });
    return { skills, plan: planTrack({ ...input, skills }) };
  };
  let low = 0;
  let high = targets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((planOf(middle).plan?.p50 ?? Number.POSITIVE_INFINITY) <= by) low = middle;
    else high = middle - 1;
  }
  if (low === 0) return null;
  const { skills, plan } = planOf(low);
  if (plan === null) return null;
  return {
    targets: targets.slice(0, low),
    dropped: targets.slice(low),
    skills,
    p50: plan.p50,
    p90: plan.p90,
  };
}

function doneBy(
  input: PlanInput,
  plan: { perWeek: { start: number; skills: string[] }[] },
  by: number,
): WaysOut['wish'] {
  const last = new Map<string, number>();
  for (const { start, skills } of plan.perWeek) for (const id of skills) last.set(id, start + WEEK);
  const left = input.skills.filter((id) => input.graph.skills.has(id) && !hasPassed(input.state.skills[id]));
  return {
    done: left.filter((id) => (last.get(id) ?? Number.POSITIVE_INFINITY) <= by).length,
    of: left.length,
  };
}
