import type { Step } from './population.ts';

/**
 * Coefficients of the head for items of a known difficulty: logit p = intercept + fromElo · (θ + δ − b) + fromRecent · r + fromStreak · k, with r the logit of
 * the share of right answers on the skill decayed by .5 an answer (half a success in one answer as prior) and k the right answers in a row, at most 5.
 */
export interface RatedCoefficients {
  /** Step sizes of θ and δ. */
  theta: Step;
  delta: Step;
  /** Logits. */
  intercept: number;
  /** Per logit of the rating, per logit of recency, logits per answer in a row. All ≥ 0. */
  fromElo: number;
  fromRecent: number;
  fromStreak: number;
}

/** All that an estimator of this form is made of: plain JSON, by whose digest a re-fitted one is named. */
export interface RatedVersion extends RatedCoefficients {
  form: 'rated-1';
  /** What a family's difficulty was found to be beyond its author's level, logits, by family. */
  families: Record<string, number>;
  /** The mean of that over a skill's families, by skill: for a typical item, and for families not met when it was fitted. */
  skills: Record<string, number>;
}
