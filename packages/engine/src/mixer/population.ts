/**
 * What is known of a population's items and skills: fitted from a log of answers, or, with no local learner, the prior.
 * Learners never appear in it.
 */

/** An item's or a skill's id: a string in the product, a small integer where logs are fitted. */
export type Id = string | number;

/** Bayesian knowledge tracing with forgetting (Corbett & Anderson 1995; forgetting as in Khajah et al. 2016). All are probabilities. */
export interface BktParameters {
  /** L₀: known before the first answer. */
  known: number;
  /** T: learned by an answer. */
  learn: number;
  /** F: forgotten between two answers. */
  forget: number;
  /** G: right though not known. */
  guess: number;
  /** S: wrong though known. */
  slip: number;
}

/** A step size that shrinks with evidence: first / (1 + decay · n) + floor. Logits per unit of surprise. */
export interface Step {
  first: number;
  decay: number;
  floor: number;
}

/** Step sizes of the learner's three ratings. */
export interface EloSteps {
  /** θ of the multivariate rating, by all answers so far. */
  theta: Step;
  /** δ of a skill, by answers on the skill. */
  delta: Step;
  /** φ of the single-θ sibling, by all answers so far. */
  single: Step;
}

/** What is known of a skill. Difficulties in logits: higher is harder. */
export interface SkillParameters {
  /** d of the multivariate rating. */
  difficulty: number;
  /** The same in the single-θ sibling. */
  single: number;
  /** Logit of the shrunken share of right answers, less the population's. */
  mean: number;
  bkt: BktParameters;
}

/** What is known of an item, relative to its skill. Logits. */
export interface ItemParameters {
  /** e: difficulty beyond the skill's, multivariate. */
  deviation: number;
  /** The same in the single-θ sibling. */
  single: number;
  /** Logit of the shrunken share of right answers, less the population's. */
  mean: number;
  /** log(1 + answers it rests on). */
  evidence: number;
}

/** Parameters that a learner is traced against. */
export interface Population {
  /** Logit of the share of right answers over all. */
  base: number;
  elo: EloSteps;
  /** Of a skill or item never met. */
  prior: SkillParameters;
  skills: ReadonlyMap<Id, SkillParameters>;
  items: ReadonlyMap<Id, ItemParameters>;
}

/** The step size after n answers (weighted, ≥ 0). */
export function stepSize(step: Step, n: number): number {
  return step.first / (1 + step.decay * n) + step.floor;
}
