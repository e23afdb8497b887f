import { effectKeys, EFFECTS, TYPICAL_EFFECTS, type Effects } from './effects.ts';
import { difficultyOf, extract, FEATURES, type Question } from './features.ts';
import { linearLogit, type LinearModel } from './logistic.ts';
import { sigmoid } from './maths.ts';
import type { Population } from './population.ts';
import { advance, type Answer, type LearnerTrack } from './track.ts';
import { toFixed, treesLogit, type Trees } from './trees.ts';

/** One head: inputs, effects and the linear logit itself go into the trees. */
export interface Head {
  effects: Effects;
  linear: LinearModel;
  /** Null: the linear part alone. */
  trees: Trees | null;
}

/** A mixer fitted on a population's own log. Ids are small integers. */
export interface Mixer {
  population: Population;
  /** The next answer on a known item. */
  next: Head;
  /** The next answer on a typical item of the skill; holds no item. */
  typical: Head;
}

/** Inputs of a head: features, effects, the linear logit. */
export const NEXT_WIDTH = FEATURES.length + EFFECTS.length + 1;
export const TYPICAL_WIDTH = FEATURES.length + TYPICAL_EFFECTS + 1;

const x = new Float32Array(NEXT_WIDTH);
const fixed = new Int32Array(NEXT_WIDTH);
const keys = new Float64Array(EFFECTS.length);

/** The chance, 0..1, that the next answer of this learner is right. */
export function predictNext(mixer: Mixer, track: LearnerTrack, question: Question): number {
  extract(track, mixer.population, question, x);
  effectKeys(track, question.skill as number, question.item as number | null, keys);
  return headChance(mixer.next, EFFECTS.length);
}

/** p of the decision: the chance that the next answer on this skill, on an item of which nothing is known, is right. */
export function predictTypical(mixer: Mixer, track: LearnerTrack, skill: number): number {
  extract(track, mixer.population, { skill, item: null, ts: track.skills[skill]?.ts ?? null }, x);
  effectKeys(track, skill, null, keys);
  return headChance(mixer.typical, TYPICAL_EFFECTS);
}

function headChance(head: Head, count: number): number {
  for (let k = 0; k < count; k++) x[FEATURES.length + k] = head.effects[k]!.get(keys[k]!);
  const logit = linearLogit(head.linear, x);
  if (head.trees === null) return sigmoid(logit);
  const width = FEATURES.length + count;
  for (let j = 0; j < width; j++) fixed[j] = toFixed(x[j]!);
  fixed[width] = toFixed(logit);
  return sigmoid(logit + treesLogit(head.trees, fixed));
}

/** Takes an answer in: the track is changed in place. */
export function observeAnswer(mixer: Mixer, track: LearnerTrack, answer: Answer): void {
  const { multi, single } = difficultyOf(mixer.population, answer.skill, answer.item);
  advance(track, mixer.population, answer, multi, single);
}
