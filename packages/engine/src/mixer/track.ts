import { sigmoid } from './maths.ts';
import { stepSize, type BktParameters, type Id, type Population } from './population.ts';

/** What is remembered of a learner on one skill. Counts are of weighted answers, so they may be fractions. */
export interface SkillTrack {
  /** Answers, and right ones. */
  n: number;
  s: number;
  /** δ: rating on this skill beyond θ, logits. */
  delta: number;
  /** BKT's chance, 0..1, that the skill is known now. */
  known: number;
  /** Right answers decayed by .5, .7 and .9 an answer. */
  s5: number;
  s7: number;
  s9: number;
  /** Right answers in a row; below 0, misses in a row. */
  streak: number;
  /** Surprise (outcome less Elo's prediction) decayed by .8 an answer. */
  surprise: number;
  /** The learner's count of answers when this skill was last answered. */
  index: number;
  /** Time of that answer in seconds; null if the log has no times. */
  ts: number | null;
  /** The last outcomes as bits after a leading 1: 1 none, 2 wrong, 3 right, … up to four of them. */
  tail: number;
}

/** A learner's online state: plain JSON, linear in the skills and items answered. */
export interface LearnerTrack {
  n: number;
  s: number;
  /** θ, logits. */
  theta: number;
  /** φ: the single-θ sibling's rating, logits. */
  single: number;
  /** Right answers decayed by .8, .95 and .99 an answer. */
  s80: number;
  s95: number;
  s99: number;
  /** Surprise decayed by .9 an answer. */
  surprise: number;
  /** The previous answer; null before the first. */
  last: { skill: Id; item: Id | null; right: boolean; ts: number | null } | null;
  skills: Record<Id, SkillTrack>;
  /** Per item, packed: 2 · (right + 1024 · answers) + last outcome. */
  items: Record<Id, number>;
}

/** One answer on its way into the state. */
export interface Answer {
  skill: Id;
  /** Null where items are unknown or not to be remembered. */
  item: Id | null;
  right: boolean;
  /** Seconds on any clock; null if unknown. */
  ts: number | null;
}

/** Decay rates of the recency features, per answer. */
export const DECAYS = { s5: 0.5, s7: 0.7, s9: 0.9, s80: 0.8, s95: 0.95, s99: 0.99 } as const;

const SKILL_SURPRISE_DECAY = 0.8;
const SURPRISE_DECAY = 0.9;
const PACKED_COUNTS = 1023;

/** A learner before the first answer. */
export function newTrack(): LearnerTrack {
  return {
    n: 0,
    s: 0,
    theta: 0,
    single: 0,
    s80: 0,
    s95: 0,
    s99: 0,
    surprise: 0,
    last: null,
    skills: {},
    items: {},
  };
}

/** A skill before the first answer on it. */
export function newSkillTrack(known: number): SkillTrack {
  return {
    n: 0,
    s: 0,
    delta: 0,
    known,
    s5: 0,
    s7: 0,
    s9: 0,
    streak: 0,
    surprise: 0,
    index: 0,
    ts: null,
    tail: 1,
  };
}

/** Counts of an item: answers, right ones, last outcome. */
export function unpackItem(packed: number): { n: number; s: number; last: number } {
  const counts = packed >> 1;
  return { n: counts >> 10, s: counts & PACKED_COUNTS, last: packed & 1 };
}

/**
 * Takes an answer in, changing the track in place.
 * @param difficulty logits of the item in the multivariate rating, and `single` in its sibling.
 * @param weight how much the answer counts, over 0 to 1: 1 for a first, unaided try. Decays and counts advance by the same measure.
 */
export function advance(
  track: LearnerTrack,
  population: Population,
  answer: Answer,
  difficulty: number,
  single: number,
  weight = 1,
): void {
  const { skill, item, right, ts } = answer;
  const bkt = (population.skills.get(skill) ?? population.prior).bkt;
  const own = (track.skills[skill] ??= newSkillTrack(bkt.known));
  const y = right ? 1 : 0;
  const { elo } = population;
  const surprise = weight * (y - sigmoid(track.theta + own.delta - difficulty));
  const surpriseSingle = weight * (y - sigmoid(track.single - single));
  track.theta += stepSize(elo.theta, track.n) * surprise;
  track.single += stepSize(elo.single, track.n) * surpriseSingle;
  own.delta += stepSize(elo.delta, own.n) * surprise;
  own.known = bktStep(bkt, own.known, right, weight);
  own.s5 = decayed(own.s5, DECAYS.s5, y, weight);
  own.s7 = decayed(own.s7, DECAYS.s7, y, weight);
  own.s9 = decayed(own.s9, DECAYS.s9, y, weight);
  track.s80 = decayed(track.s80, DECAYS.s80, y, weight);
  track.s95 = decayed(track.s95, DECAYS.s95, y, weight);
  track.s99 = decayed(track.s99, DECAYS.s99, y, weight);
  own.surprise = SKILL_SURPRISE_DECAY * own.surprise + surprise;
  track.surprise = SURPRISE_DECAY * track.surprise + surprise;
  own.streak = right ? Math.max(0, own.streak) + weight : Math.min(0, own.streak) - weight;
  own.tail = own.tail < 8 ? 2 * own.tail + y : 8 + (((own.tail & 3) << 1) | y);
  own.n += weight;
  own.s += weight * y;
  track.n += weight;
  track.s += weight * y;
  own.index = track.n;
  own.ts = ts;
  if (item !== null) track.items[item] = packItem(track.items[item], y);
  track.last = { skill, item, right, ts };
}

/** γ^w of the old sum and the matching share of the new outcome: the sum of all weights is then (1 − γⁿ) / (1 − γ). */
export function decayed(sum: number, rate: number, y: number, weight: number): number {
  if (weight === 1) return rate * sum + y;
  const kept = rate ** weight;
  return kept * sum + (y * (1 - kept)) / (1 - rate);
}

function packItem(packed: number | undefined, y: number): number {
  if (packed === undefined) return 2 * (y + 1024) + y;
  const { n, s } = unpackItem(packed);
  if (n >= PACKED_COUNTS) return (packed & ~1) | y;
  return 2 * (s + y + 1024 * (n + 1)) + y;
}

/** Bayes with the likelihood to the power of the weight, then learning and forgetting in proportion. */
export function bktStep(bkt: BktParameters, known: number, right: boolean, weight: number): number {
  let ifKnown = right ? 1 - bkt.slip : bkt.slip;
  let ifNot = right ? bkt.guess : 1 - bkt.guess;
  if (weight !== 1) {
    ifKnown **= weight;
    ifNot **= weight;
  }
  const posterior = (known * ifKnown) / (known * ifKnown + (1 - known) * ifNot);
  return posterior * (1 - bkt.forget * weight) + (1 - posterior) * bkt.learn * weight;
}
