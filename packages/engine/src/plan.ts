import { beliefOf } from './estimator.ts';
import { getSkill, type SkillGraph } from './graph.ts';
import { createRandom } from './random.ts';
import { PASS_P } from './rule-numbers.ts';
import { hasPassed } from './standing.ts';
import type { LearnerState } from './state.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/**
 * How work spreads round the author's minutes. Judgement, until completions are there to fit: people differ by half again either way (.35), a
 * skill from its estimate by as much (.4), and one week in six gives no time at all. `ownPace`, what is left open by a pace once shown, is set so
 * that the P90 of such a plan is met by nine in ten (`npm run bench -- plan`: .87 to .92). plan.test.ts pins the outcome.
 */
const SPREAD = { pace: 0.35, ownPace: 0.22, skill: 0.4, hours: 0.3, weekOff: 1 / 6 } as const;

/** Simulated journeys. At 400 the P90 of 100 skills stands to about two days. */
const RUNS = 400;

/** Longest plan in weeks: beyond ten years a date says nothing. */
const LONGEST = 520;

/** Minutes a Placed skill still asks, as a share of its own: its check and first review (judgement). */
const PLACED_SHARE = 0.15;

/** Least share of a begun skill's minutes still to come: its check at least (judgement). */
const LEAST_SHARE = 0.25;

/** Skills passed, and days since the goal, from which the learner's own pace replaces the plan's (judgement). */
const OWN_PACE = { skills: 5, days: 14 } as const;

/** Answers from which a plan rests on the learner at all. */
export const OBSERVATIONS = 10;

export interface PlanInput {
  graph: SkillGraph;
  state: LearnerState;
  /** The track, in learning order. Unknown ids are left out. */
  skills: readonly string[];
  /** Hours a week. */
  hoursPerWeek: number;
  /** Epoch ms. */
  now: number;
  /** `YYYY-MM-DD` (the end of that day, UTC), epoch ms, or none. */
  deadline: string | number | null;
  /** Learning rests until then, epoch ms. Absent or past: it does not rest. */
  pausedUntil?: number | null;
}

export interface TrackPlan {
  /** Epoch ms at which half of the simulated journeys, and nine in ten, have finished. */
  p50: number;
  p90: number;
  /** What it rests on: the plan, not yet the learner; their answers, at the plan's pace; or the pace that they have shown. */
  basis: 'plan' | 'answers' | 'you';
  /** Answers so far on the track's skills. */
  observations: number;
  /** Minutes of guided learning still to come, by the authors' estimate. */
  minutesLeft: number;
  /** Week by week along the middle journey: start (epoch ms), skills worked on, minutes. */
  perWeek: { start: number; skills: string[]; minutes: number }[];
  /** Nine in ten journeys finish by the deadline; null without one. */
  meetsDeadline: boolean | null;
  /** Share of journeys that finish by the deadline, 0 to 1; null without one. */
  deadlineShare: number | null;
}

/** When the track will be finished, honestly: simulated with a seed, so that the same facts give the same dates. Null without hours. */
export function planTrack(asked: PlanInput): TrackPlan | null {
  const input = { ...asked, now: Math.max(asked.now, asked.pausedUntil ?? 0) };
  if (!(input.hoursPerWeek > 0)) return null;
  const work = workLeft(input);
  const pace = ownPace(input);
  const observations = input.skills.reduce((sum, id) => sum + (input.state.skills[id]?.attempts ?? 0), 0);
  // Sorted, so that another order of the same skills gives the same dates.
  const random = createRandom(input.skills.toSorted().join(' '));
  const sorted = work.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const weeks = Array.from({ length: RUNS }, () =>
    journey(sorted, input.hoursPerWeek, pace ?? 1, pace !== null, random),
  );
  weeks.sort((a, b) => a - b);
  const p50 = input.now + Math.round(quantile(weeks, 0.5) * WEEK);
  const p90 = input.now + Math.round(quantile(weeks, 0.9) * WEEK);
  const share = deadlineShare(input, weeks);
  return {
    p50,
    p90,
    basis: pace !== null ? 'you' : observations < OBSERVATIONS ? 'plan' : 'answers',
    observations,
    minutesLeft: Math.round(work.reduce((sum, item) => sum + item.minutes, 0)),
    perWeek: spread(work, input.now, p50),
    meetsDeadline: share === null ? null : share >= 0.9,
    deadlineShare: share,
  };
}

interface Work {
  id: string;
  minutes: number;
}

function workLeft({ graph, state, skills, now }: PlanInput): Work[] {
  const left = skills.filter((id) => graph.skills.has(id) && !hasPassed(state.skills[id]));
  return left.map((id) => ({ id, minutes: getSkill(graph, id).minutes * shareLeft(state, graph, id, now) }));
}

function shareLeft(state: LearnerState, graph: SkillGraph, id: string, now: number): number {
  const record = state.skills[id];
  if (record !== undefined && record.placed !== null) return PLACED_SHARE;
  if (record === undefined || record.attempts === 0) return 1;
  const { p } = beliefOf(state, graph, id, now);
  return Math.max(LEAST_SHARE, 1 - p / PASS_P);
}

/** Hours really needed for an hour of plan, or null while too little is known. Bounded: a start says little about the rest. */
function ownPace({ graph, state, skills, hoursPerWeek, now }: PlanInput): number | null {
  const { goal } = state;
  if (goal === null || now - goal.setAt < OWN_PACE.days * DAY) return null;
  const done = skills.filter((id) => {
    const record = state.skills[id];
    const at = record?.demonstratedAt ?? record?.knowsAt ?? null;
    return graph.skills.has(id) && at !== null && at >= goal.setAt && (record?.placed ?? null) === null;
  });
  if (done.length < OWN_PACE.skills) return null;
  const planned = done.reduce((sum, id) => sum + getSkill(graph, id).minutes, 0);
  const given = ((now - goal.setAt) / WEEK) * hoursPerWeek * 60;
  return Math.min(3, Math.max(0.4, given / Math.max(1, planned)));
}

/** Weeks, with a fraction, of one simulated journey. */
function journey(
  work: readonly Work[],
  hours: number,
  pace: number,
  known: boolean,
  random: () => number,
): number {
  // A shown pace holds the weeks off and part of the differences between people already.
  const own = pace * lognormal(known ? SPREAD.ownPace : SPREAD.pace, random);
  const total = work.reduce((sum, item) => sum + item.minutes * own * lognormal(SPREAD.skill, random), 0);
  let left = total;
  for (let week = 0; week < LONGEST; week++) {
    const off = !known && random() < SPREAD.weekOff;
    const minutes = off ? 0 : hours * 60 * lognormal(SPREAD.hours, random);
    if (minutes >= left) return week + (minutes === 0 ? 0 : left / minutes);
    left -= minutes;
  }
  return LONGEST;
}

/** A factor with median 1 and the given spread of its logarithm (Box–Muller). */
function lognormal(sigma: number, random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return Math.exp(sigma * radius * Math.cos(2 * Math.PI * random()));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function deadlineShare({ deadline, now }: PlanInput, weeks: readonly number[]): number | null {
  if (deadline === null) return null;
  const by = typeof deadline === 'number' ? deadline : Date.parse(`${deadline}T23:59:59.999Z`);
  if (Number.isNaN(by)) throw new Error(`Not a date: ${deadline}`);
  return weeks.filter((week) => now + week * WEEK <= by).length / weeks.length;
}

/** The work in its order, laid evenly over the weeks up to P50. */
function spread(work: readonly Work[], now: number, until: number): TrackPlan['perWeek'] {
  const count = Math.max(1, Math.ceil((until - now) / WEEK));
  const total = work.reduce((sum, item) => sum + item.minutes, 0);
  if (total === 0) return [];
  const perWeek = total / count;
  const weeks = Array.from({ length: count }, (_, week) => ({
    start: now + week * WEEK,
    skills: [] as string[],
    minutes: Math.round(perWeek),
  }));
  let from = 0;
  for (const { id, minutes } of work) {
    const to = from + minutes;
    const last = Math.min(count - 1, Math.ceil(to / perWeek) - 1);
    for (let week = Math.min(count - 1, Math.floor(from / perWeek)); week <= last; week++)
      weeks[week]?.skills.push(id);
    from = to;
  }
  return weeks;
}
