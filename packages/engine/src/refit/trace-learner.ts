import { share } from '../mixer/features.ts';
import { sigmoid } from '../mixer/maths.ts';
import { stepSize } from '../mixer/population.ts';
import type { RatedCoefficients } from '../mixer/rated.ts';
import { decayed } from '../mixer/track.ts';
import { DECAY, IMPLIED, STREAK_CAP } from '../rated-estimator.ts';
import type { RefitLog } from './refit-log.ts';

/** What is known of a row before its answer: θ + δ − b, recency and streak, as in the estimator's formula. */
export type See = (row: number, elo: number, recent: number, streak: number) => void;

/** One learner's state on every skill, in place: the estimator's own maths without its copies and rounding, for fitting. */
export class Tracer {
  readonly #log: RefitLog;
  readonly #delta: Float64Array;
  readonly #weighted: Float64Array;
  readonly #recent: Float64Array;
  readonly #streak: Float64Array;

  constructor(log: RefitLog) {
    this.#log = log;
    const skills = log.skillNames.length;
    this.#delta = new Float64Array(skills);
    this.#weighted = new Float64Array(skills);
    this.#recent = new Float64Array(skills);
    this.#streak = new Float64Array(skills);
  }

  /**
   * Walks a learner's answers; `see` is called for those that are scored.
   * @param beyond difficulty of each family beyond its author's level, logits
   */
  trace(learner: number, coefficients: RatedCoefficients, beyond: Float64Array, see: See): void {
    const log = this.#log;
    for (const column of [this.#delta, this.#weighted, this.#recent, this.#streak]) column.fill(0);
    let theta = 0;
    let n = 0;
    for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
      const skill = log.skill[row]!;
      const weight = log.weight[row]!;
      const difficulty = log.difficulty[row]! + beyond[log.family[row]!]!;
      const elo = theta + this.#delta[skill]! - difficulty;
      if (log.scored[row])
        see(
          row,
          elo,
          share(this.#recent[skill]!, DECAY, this.#weighted[skill]!),
          Math.min(STREAK_CAP, Math.max(0, this.#streak[skill]!)),
        );
      const y = log.right[row]!;
      this.#move(skill, theta - difficulty, coefficients, y, weight);
      if (y === 1)
        for (const id of log.implies.get(row) ?? [])
          this.#move(id, theta - difficulty, coefficients, 1, weight * IMPLIED);
      theta += stepSize(coefficients.theta, n) * weight * (y - sigmoid(elo));
      n += weight;
    }
  }

  #move(skill: number, ahead: number, coefficients: RatedCoefficients, y: number, weight: number): void {
    const q = sigmoid(ahead + this.#delta[skill]!);
    this.#delta[skill]! += stepSize(coefficients.delta, this.#weighted[skill]!) * weight * (y - q);
    this.#weighted[skill]! += weight;
    this.#recent[skill] = decayed(this.#recent[skill]!, DECAY, y, weight);
    const streak = this.#streak[skill]!;
    this.#streak[skill] = y === 1 ? Math.max(0, streak) + weight : Math.min(0, streak) - weight;
  }
}
