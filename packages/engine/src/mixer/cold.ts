import { extract, FEATURES, type Question } from './features.ts';
import { linearLogit, type LinearModel } from './logistic.ts';
import { sigmoid } from './maths.ts';
import type { BktParameters, EloSteps, Population } from './population.ts';
import type { LearnerTrack } from './track.ts';

/**
 * Coefficients for a population of which nothing is known: no local learner, items and skills at the prior. Fitted on logs of other
 * populations. Plain JSON.
 */
export interface ColdCoefficients {
  /** Names what they were fitted on. */
  id: string;
  /** Logit of the share of right answers. */
  base: number;
  elo: EloSteps;
  bkt: BktParameters;
  /** Weights by input; what is constant without a population is left out. */
  next: NamedWeights;
  typical: NamedWeights;
}

/** A linear model by the inputs' names. */
export interface NamedWeights {
  intercept: number;
  weights: Readonly<Partial<Record<(typeof FEATURES)[number], number>>>;
}

/** Cold coefficients made ready. */
export interface ColdMixer {
  population: Population;
  next: LinearModel;
  typical: LinearModel;
}

export function openCold(coefficients: ColdCoefficients): ColdMixer {
  const { base, elo, bkt } = coefficients;
  return {
    population: {
      base,
      elo,
      prior: { difficulty: -base, single: -base, mean: 0, bkt },
      skills: new Map(),
      items: new Map(),
    },
    next: inOrder(coefficients.next),
    typical: inOrder(coefficients.typical),
  };
}

const x = new Float32Array(FEATURES.length);

/** The chance, 0..1, that the next answer is right, knowing the learner's answers and nothing of item and skill. */
export function predictCold(mixer: ColdMixer, track: LearnerTrack, question: Question): number {
  extract(track, mixer.population, question, x);
  return sigmoid(linearLogit(mixer.next, x));
}

function inOrder({ intercept, weights }: NamedWeights): LinearModel {
  return { intercept, weights: FEATURES.map((name) => weights[name] ?? 0) };
}
