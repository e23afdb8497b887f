import type { Estimator, Observation, Query } from './estimator.ts';
import type { Aid, Belief } from './events.ts';
import { share } from './mixer/features.ts';
import { sigmoid } from './mixer/maths.ts';
import { stepSize } from './mixer/population.ts';
import type { RatedVersion } from './mixer/rated.ts';
import { decayed } from './mixer/track.ts';

/** Decay of r an answer, and the most that k counts: as fitted. */
export const DECAY = 0.5;
export const STREAK_CAP = 5;

/** How much an answer counts by the strongest help it had (judgement: the more is given away, the less it says). As in `elo-bkt-1`. */
export const AID_WEIGHT: Readonly<Record<Aid, number>> = {
  none: 1,
  'hint-1': 0.6,
  'hint-2': 0.4,
  'hint-3': 0.25,
  mentor: 0.4,
  solution: 0.1,
};

/** A retry of the same variant counts this much (judgement: the verdict, often the solution, was seen). */
export const RETRY = 0.2;

/** A right answer on a skill counts this much of one on each skill that it requires, in a placement (as in `elo-bkt-1`). */
export const IMPLIED = 0.9;

/** The interval: variances of θ and δ before any answer, which fall with the information of the answers, not below the floors (logits²). */
const SPREAD = {
  theta: 0.6,
  delta: 1.05,
  floorTheta: 0.05,
  floorDelta: 0.12,
  /** Growth a day without an answer on the skill: widens the interval, leaves p alone (judgement). */
  driftPerDay: 0.004,
} as const;

/** Two-sided 90% of a normal distribution. */
const Z90 = 1.6448536269514722;
const DAY = 86_400_000;

/** Plain JSON. Numbers are kept to a millionth: it is compact, and machines that round exp and log differently agree. */
export interface RatedState {
  /** θ, logits; answers, weighted; their information, logits⁻². */
  theta: number;
  n: number;
  information: number;
  skills: Record<string, RatedSkill>;
}

/** On one skill: δ, answers weighted, decayed right answers, streak (below 0: misses in a row), information, answers counted, last answer (epoch ms). */
export type RatedSkill = [
  delta: number,
  weighted: number,
  recent: number,
  streak: number,
  information: number,
  n: number,
  at: number,
];

/**
 * An estimator of the mixer's form for items of a known difficulty:
 *
 * logit p = intercept + fromElo · (θ + δ(skill) − b) + fromRecent · r + fromStreak · k: multivariate Elo with steps that shrink with the
 * answers seen, r the logit of the share of right answers on the skill decayed by .5 an answer, k the right answers in a row, at most 5.
 * b is the author's difficulty and what a fit found beyond it. Every weight is ≥ 0, so that a right answer can only raise p and a
 * miss only lower it. The same id and version behave the same for ever.
 */
export function createRated(id: string, version: RatedVersion): Estimator<RatedState> {
  const families = new Map(Object.entries(version.families));
  const skills = new Map(Object.entries(version.skills));
  const beyond = (skill: string, family: string | null): number =>
    (family === null ? undefined : families.get(family)) ?? skills.get(skill) ?? 0;
  return {
    id,
    initial,
    observe: (state, seen) =>
      observe(version, state, seen, seen.difficulty + beyond(seen.skill, seen.family)),
    predict: (state, query) =>
      predict(version, state, query, query.difficulty + beyond(query.skill, query.family)),
    trace,
    retract,
  };
}

function initial(): RatedState {
  return { theta: 0, n: 0, information: 0, skills: {} };
}

const UNTOUCHED: RatedSkill = [0, 0, 0, 0, 0, 0, 0];

function observe(
  version: RatedVersion,
  state: RatedState,
  seen: Observation,
  difficulty: number,
): RatedState {
  const right = seen.outcome === 'correct';
  const weight = AID_WEIGHT[seen.aid] * (seen.retry ? RETRY : 1);
  const own = state.skills[seen.skill] ?? UNTOUCHED;
  const q = sigmoid(state.theta + own[0] - difficulty);
  const met = { version, theta: state.theta, difficulty, at: seen.at };
  const skills = { ...state.skills, [seen.skill]: moved(met, own, right, weight) };
  if (right)
    for (const id of seen.implies)
      skills[id] = moved(met, state.skills[id] ?? UNTOUCHED, true, weight * IMPLIED);
  return {
    theta: kept(state.theta + stepSize(version.theta, state.n) * weight * ((right ? 1 : 0) - q)),
    n: kept(state.n + weight),
    information: kept(state.information + weight * q * (1 - q)),
    skills,
  };
}

/** The skill's part after an answer of a difficulty. */
function moved(
  {
    version,
    theta,
    difficulty,
    at,
  }: { version: RatedVersion; theta: number; difficulty: number; at: number },
  own: RatedSkill,
  right: boolean,
  weight: number,
): RatedSkill {
  const [delta, weighted, recent, streak, information, n] = own;
  const y = right ? 1 : 0;
  const q = sigmoid(theta + delta - difficulty);
  return [
    kept(delta + stepSize(version.delta, weighted) * weight * (y - q)),
    kept(weighted + weight),
    kept(decayed(recent, DECAY, y, weight)),
    kept(right ? Math.max(0, streak) + weight : Math.min(0, streak) - weight),
    kept(information + weight * q * (1 - q)),
    n + 1,
    at,
  ];
}

function predict(version: RatedVersion, state: RatedState, query: Query, difficulty: number): Belief {
  const { intercept, fromElo, fromRecent, fromStreak } = version;
  const [delta, weighted, recent, streak, information, n, at] = state.skills[query.skill] ?? UNTOUCHED;
  const middle =
    intercept +
    fromElo * (state.theta + delta - difficulty) +
    fromRecent * share(recent, DECAY, weighted) +
    fromStreak * Math.min(STREAK_CAP, Math.max(0, streak));
  const days = n === 0 ? 0 : Math.max(0, query.at - at) / DAY;
  const variance =
    Math.max(SPREAD.floorTheta, 1 / (1 / SPREAD.theta + state.information)) +
    Math.max(SPREAD.floorDelta, 1 / (1 / SPREAD.delta + information)) +
    SPREAD.driftPerDay * days;
  const spread = Z90 * Math.sqrt(variance);
  return { p: sigmoid(middle), low: sigmoid(middle - spread), high: sigmoid(middle + spread), n };
}

/** [θ, n, information; then the skill's δ, weighted, recent, streak before, information]. */
function trace(before: RatedState, after: RatedState, skill: string): number[] {
  const now = after.skills[skill];
  if (now === undefined) return [0, 0, 0, 0, 0, 0, 0, 0];
  const old = before.skills[skill] ?? UNTOUCHED;
  return [
    kept(after.theta - before.theta),
    kept(after.n - before.n),
    kept(after.information - before.information),
    kept(now[0] - old[0]),
    kept(now[1] - old[1]),
    kept(now[2] - old[2]),
    old[3],
    kept(now[4] - old[4]),
  ];
}

/**
 * Takes a miss back: what it moved moves back. A streak that it broke is restored only while it is the last answer; right answers since
 * then keep the streak they have, so that a retraction never lends one that was not seen.
 */
function retract(state: RatedState, skill: string, traced: readonly number[]): RatedState {
  const own = state.skills[skill];
  if (own === undefined) return state;
  const [theta = 0, n = 0, information = 0, delta = 0, weight = 0, recent = 0, streak = 0, known = 0] =
    traced;
  const weighted = Math.max(0, kept(own[1] - weight));
  const most = (1 - DECAY ** weighted) / (1 - DECAY);
  const back: RatedSkill = [
    kept(own[0] - delta),
    weighted,
    kept(Math.min(most, Math.max(0, own[2] - recent))),
    own[3] < 0 && own[3] >= Math.min(0, streak) - weight ? streak : own[3],
    Math.max(0, kept(own[4] - known)),
    Math.max(0, own[5] - 1),
    own[6],
  ];
  return {
    theta: kept(state.theta - theta),
    n: Math.max(0, kept(state.n - n)),
    information: Math.max(0, kept(state.information - information)),
    skills: { ...state.skills, [skill]: back },
  };
}

function kept(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
