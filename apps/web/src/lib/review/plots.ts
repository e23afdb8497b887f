import type { CurveStep, RecallWeek, ReviewSummary } from '@edirae/school';

const DAY = 86_400_000;

/** Decay of FSRS-6 with default parameters; recall falls to 90% after `stability` days whatever the decay. */
const DECAY = -0.1542;
const FACTOR = 0.9 ** (1 / DECAY) - 1;

/** Recall after some days, 0 to 1. */
export function recallAfter(days: number, stability: number): number {
  return (1 + (FACTOR * Math.max(0, days)) / stability) ** DECAY;
}

/** A line of a retention curve, in the plot's own units: days from the first review, recall. */
export interface CurveLine {
  points: [number, number][];
  future: boolean;
}

/** The curve between reviews, and the predicted one after the last. @param now epoch ms */
export function curveLines(
  steps: readonly CurveStep[],
  now: number,
): { lines: CurveLine[]; days: number; today: number; reviews: number[] } {
  const start = steps[0]?.at ?? now;
  const today = (now - start) / DAY;
  const last = steps.at(-1);
  const days = Math.max(1, today + (last ? Math.min(last.stability * 1.1, Math.max(30, today * 2)) : 1));
  const lines = steps.flatMap((step, n): CurveLine[] => {
    const from = (step.at - start) / DAY;
    const next = steps[n + 1];
    const until = next ? (next.at - start) / DAY : today;
    const past = line(from, until, from, step.stability, false);
    return next ? [past] : [past, line(until, days, from, step.stability, true)];
  });
  return { lines, days, today, reviews: steps.map(({ at }) => (at - start) / DAY) };
}

const POINTS = 40;

function line(from: number, until: number, reviewed: number, stability: number, future: boolean): CurveLine {
  const points = Array.from({ length: POINTS + 1 }, (_, n): [number, number] => {
    const day = from + ((until - from) * n) / POINTS;
    return [day, recallAfter(day - reviewed, stability)];
  });
  return { points, future };
}

/** Where the axis of a share begins: below everything shown, on a whole ten percent. */
export function shareFloor(shares: readonly number[]): number {
  return Math.max(0, Math.floor(Math.min(0.8, ...shares) * 10 - 1e-9) / 10);
}

/** Whether weeks are within chance of the target: the target lies in every interval. */
export function weeksOutside(weeks: readonly RecallWeek[], target: number): RecallWeek[] {
  return weeks.filter(({ low, high }) => target < low || target > high);
}

/** Cards and skills of the coming days together. */
export function loadOf(load: ReviewSummary['load'], days: number): { cards: number; skills: number } {
  return load
    .slice(0, days)
    .reduce((sum, day) => ({ cards: sum.cards + day.cards, skills: sum.skills + day.skills }), {
      cards: 0,
      skills: 0,
    });
}

/** Whole days to name on an axis of so many, each once: a short curve has fewer than five. */
export function dayTicks(days: number): number[] {
  return [...new Set(Array.from({ length: 5 }, (_, k) => Math.round((days * k) / 4)))];
}
