import type { Aid, Belief } from './events.ts';
import type { Estimator, Observation, Query } from './estimator.ts';

/**
 * `elo-bkt-1`: multivariate Elo blended with Bayesian knowledge tracing (BKT), on author-level difficulty.
 *
 * Elo: logit p = θ + δ(skill) − difficulty. θ and δ are normal; each answer moves both by a Laplace step, so that the step size shrinks as
 * the variance does. BKT: per skill, the chance of having learned it. The two are averaged in logits. A skill never answered has only its
 * Elo part, so evidence elsewhere reaches it through θ alone.
 *
 * Frozen: recorded decisions are replayed with it. Numbers marked (shape) were chosen so that a new learner meets a level-2 item at
 * p = .40, passes .80 after four to six right answers in a row and falls back after two misses; estimator-contract.test.ts pins these. They are to be
 * re-fitted, under a new id, once about 100 learners have answered.
 */
const SHAPE = {
  /** Variance of θ at the start, logits² (shape). */
  varianceLearner: 0.6,
  /** Variance of δ at the start, logits² (shape). */
  varianceSkill: 1.05,
  /** Variances never fall below these, so that a learner can still change: steps of about .1 logit (shape). */
  floorLearner: 0.05,
  floorSkill: 0.12,
  /** Growth of δ's variance a day without an answer on the skill: widens the interval, leaves p alone (judgement). */
  driftPerDay: 0.004,
  /** BKT's guess, slip and learning rate for an item of mean difficulty: inside the usual bounds guess ≤ .3, slip ≤ .1 (Baker et al. 2008). */
  guess: 0.25,
  slip: 0.1,
  learn: 0.08,
  /** Share of BKT in the blend (shape). */
  bktShare: 0.35,
  /** A right answer on a skill counts this much of one on each skill that it requires, in a placement (shape). */
  implied: 0.9,
  /** A retry of the same variant counts this much (judgement: the verdict, often the solution, was seen). */
  retry: 0.2,
} as const;

/** How much an answer counts by the strongest help it had (judgement: the more is given away, the less it says). */
const AID_WEIGHT: Readonly<Record<Aid, number>> = {
  none: 1,
  'hint-1': 0.6,
  'hint-2': 0.4,
  'hint-3': 0.25,
  mentor: 0.4,
  solution: 0.1,
};

/** Two-sided 90% of a normal distribution. */
const Z90 = 1.6448536269514722;
const DAY = 86_400_000;

/** θ with its variance; per skill [δ, variance, chance of having learned or null, answers, last answer, mean difficulty]. */
export interface EloBkt1State {
  theta: number;
  variance: number;
  n: number;
  skills: Record<string, SkillEstimate>;
}

type SkillEstimate = [
  delta: number,
  variance: number,
  known: number | null,
  n: number,
  at: number,
  mean: number,
];

export const eloBkt1: Estimator<EloBkt1State> = {
  id: 'elo-bkt-1',
  initial,
  observe,
  predict,
  trace,
  retract,
};

function initial(): EloBkt1State {
  return { theta: 0, variance: SHAPE.varianceLearner, n: 0, skills: {} };
}

function observe(state: EloBkt1State, seen: Observation): EloBkt1State {
  const right = seen.outcome === 'correct';
  const weight = AID_WEIGHT[seen.aid] * (seen.retry ? SHAPE.retry : 1);
  const own = estimateOf(state, seen.skill, seen.skillDifficulty);
  const step = eloStep(state.theta, state.variance, own, seen.difficulty, right, weight);
  const known = bktStep(
    own[2] ?? knownBefore(state, own, seen.skillDifficulty),
    right,
    weight,
    seen.difficulty - seen.skillDifficulty,
  );
  const skills = { ...state.skills };
  skills[seen.skill] = [step.delta, step.deltaVariance, known, own[3] + 1, seen.at, seen.skillDifficulty];
  if (right) for (const id of seen.implies) skills[id] = implied(state, id, seen, weight);
  return { theta: step.theta, variance: step.variance, n: state.n + 1, skills };
}

/** A right answer on what requires this skill: part of an answer of the same difficulty on it. θ has moved already; the skill's part does. */
function implied(state: EloBkt1State, id: string, seen: Observation, full: number): SkillEstimate {
  const own = estimateOf(state, id, seen.skillDifficulty);
  const weight = full * SHAPE.implied;
  const step = eloStep(state.theta, state.variance, own, seen.difficulty, true, weight);
  const known = bktStep(own[2] ?? knownBefore(state, own, own[5]), true, weight, seen.difficulty - own[5]);
  return [step.delta, step.deltaVariance, known, own[3] + 1, seen.at, own[5]];
}

function estimateOf(state: EloBkt1State, skill: string, mean: number): SkillEstimate {
  return state.skills[skill] ?? [0, SHAPE.varianceSkill, null, 0, 0, mean];
}

/** One weighted Newton step on the log posterior of (θ, δ), as in Glicko, with their covariance left out. */
function eloStep(
  theta: number,
  variance: number,
  own: SkillEstimate,
  difficulty: number,
  right: boolean,
  weight: number,
) {
  const p = sigmoid(theta + own[0] - difficulty);
  const information = weight * p * (1 - p);
  const damping = 1 + information * (variance + own[1]);
  const surprise = weight * ((right ? 1 : 0) - p);
  return {
    theta: theta + (variance / damping) * surprise,
    variance: Math.max(SHAPE.floorLearner, variance - (variance * variance * information) / damping),
    delta: own[0] + (own[1] / damping) * surprise,
    deltaVariance: Math.max(SHAPE.floorSkill, own[1] - (own[1] * own[1] * information) / damping),
  };
}

/** BKT starts where Elo stands, so that the first answer does not make p jump. */
function knownBefore(state: EloBkt1State, own: SkillEstimate, mean: number): number {
  const p = sigmoid(state.theta + own[0] - mean);
  return clamp((p - SHAPE.guess) / (1 - SHAPE.slip - SHAPE.guess), 0.02, 0.98);
}

/** Bayes with the likelihood to the power of the weight, then learning. A harder item is guessed less and slipped on more. */
function bktStep(known: number, right: boolean, weight: number, harder: number): number {
  const guess = sigmoid(logit(SHAPE.guess) - harder);
  const slip = sigmoid(logit(SHAPE.slip) + harder);
  const ifKnown = known * (right ? 1 - slip : slip) ** weight;
  const ifNot = (1 - known) * (right ? guess : 1 - guess) ** weight;
  const posterior = ifKnown / (ifKnown + ifNot);
  return clamp(posterior + (1 - posterior) * SHAPE.learn * weight, 0.001, 0.999);
}

function predict(state: EloBkt1State, query: Query): Belief {
  const own = estimateOf(state, query.skill, query.difficulty);
  const elo = state.theta + own[0] - query.difficulty;
  const days = own[3] === 0 ? 0 : Math.max(0, query.at - own[4]) / DAY;
  const middle =
    own[2] === null
      ? elo
      : SHAPE.bktShare * bktLogit(own[2], query.difficulty - own[5]) + (1 - SHAPE.bktShare) * elo;
  const spread = Z90 * Math.sqrt(state.variance + own[1] + SHAPE.driftPerDay * days);
  return { p: sigmoid(middle), low: sigmoid(middle - spread), high: sigmoid(middle + spread), n: own[3] };
}

function bktLogit(known: number, harder: number): number {
  return logit(known * (1 - SHAPE.slip) + (1 - known) * SHAPE.guess) - harder;
}

function trace(before: EloBkt1State, after: EloBkt1State, skill: string): number[] {
  const old = before.skills[skill];
  const now = after.skills[skill];
  if (now === undefined) return [0, 0, 0];
  const oldKnown = old?.[2] ?? null;
  const known = now[2] === null || oldKnown === null ? 0 : logit(now[2]) - logit(oldKnown);
  return [after.theta - before.theta, now[0] - (old?.[0] ?? 0), known];
}

function retract(state: EloBkt1State, skill: string, moved: readonly number[]): EloBkt1State {
  const own = state.skills[skill];
  if (own === undefined) return state;
  const [theta = 0, delta = 0, known = 0] = moved;
  const back = own[2] === null ? null : clamp(sigmoid(logit(own[2]) - known), 0.001, 0.999);
  const estimate: SkillEstimate = [own[0] - delta, own[1], back, Math.max(0, own[3] - 1), own[4], own[5]];
  return {
    ...state,
    theta: state.theta - theta,
    n: Math.max(0, state.n - 1),
    skills: { ...state.skills, [skill]: estimate },
  };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, x));
}
