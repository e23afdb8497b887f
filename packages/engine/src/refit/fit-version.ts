import { solve } from '../fit/solve.ts';
import { sigmoid } from '../mixer/maths.ts';
import type { RatedCoefficients, RatedVersion } from '../mixer/rated.ts';
import { MIXER_1 } from '../mixer-1.ts';
import type { RefitLog } from './refit-log.ts';
import { Tracer, type See } from './trace-learner.ts';

/** Precision of the author's level as a prior of a family's difficulty: a standard deviation of .7 logits (judgement: levels lie .9 apart). */
const LEVEL_PRECISION = 2;

/** Precision of the shipped coefficients as a prior of the fitted ones: a standard deviation of .22 (judgement). */
const SHIPPED_PRECISION = 20;

/** Rounds of Newton's method; between the halves the step sizes are searched. */
const ROUNDS = 8;

/** A difficulty moves by no more logits a round, and lies no further from its author's level. */
const MOST_STEP = 0.7;
const MOST_BEYOND = 4;

/** The least share of a Newton step on the coefficients that is tried. */
const LEAST_SHARE = 1 / 16;

/** Difficulties are cross-fitted: a learner is traced against those of the other three quarters. */
const FOLDS = 4;

/** Factors tried on each step size, in turn; none moves further than the bound from where it began. */
const FACTORS = [0.7, 1.4];
const STEP_ROUNDS = 2;
const STEP_BOUND = 3;

/** Intercept, fromElo, fromRecent, fromStreak. */
const WEIGHTS = 4;

/** A right answer must never lower p, and θ must count for something. */
const LEAST = [-Infinity, 0.2, 0, 0];

/**
 * Fits an estimator of the shipped form to the learners of the log that are not held out, from the shipped one as prior: step sizes, the
 * four coefficients, and each family's difficulty beyond its author's level. Some 5 µs an answer.
 */
export function fitVersion(log: RefitLog): RatedVersion {
  const fit = new Fit(log);
  for (let round = 0; round < ROUNDS / 2; round++) fit.improve();
  fit.searchSteps();
  for (let round = ROUNDS / 2; round < ROUNDS; round++) fit.improve();
  return fit.version();
}

class Fit {
  readonly #log: RefitLog;
  readonly #tracer: Tracer;
  readonly #learners: number[];
  /** Of each family: without the learners of fold 0, 1, 2, 3; with all. */
  readonly #beyond: Float64Array[];
  #coefficients: RatedCoefficients;

  constructor(log: RefitLog) {
    const { theta, delta, intercept, fromElo, fromRecent, fromStreak } = MIXER_1;
    this.#log = log;
    this.#tracer = new Tracer(log);
    this.#learners = Array.from({ length: log.learners }, (_, k) => k).filter((k) => !log.held[k]);
    this.#beyond = Array.from({ length: FOLDS + 1 }, () => new Float64Array(log.familyNames.length));
    this.#coefficients = { theta, delta, intercept, fromElo, fromRecent, fromStreak };
  }

  /** One round: difficulties with the coefficients as they are, then the coefficients. Both at once would answer the same surprise twice. */
  improve(): void {
    this.#improveDifficulties();
    this.#improveWeights();
  }

  #improveDifficulties(): void {
    const families = this.#log.familyNames.length;
    const gradients = this.#beyond.map(() => new Float64Array(families));
    const curvatures = this.#beyond.map(() => new Float64Array(families).fill(LEVEL_PRECISION));
    for (const [place, learner] of this.#learners.entries())
      for (const [k, beyond] of this.#beyond.entries())
        if (k !== place % FOLDS) this.#addDifficulties(learner, beyond, gradients[k]!, curvatures[k]!);
    for (const [k, beyond] of this.#beyond.entries())
      for (let f = 0; f < families; f++) {
        const step = (gradients[k]![f]! - LEVEL_PRECISION * beyond[f]!) / curvatures[k]![f]!;
        beyond[f] = clamp(beyond[f]! + clamp(step, MOST_STEP), MOST_BEYOND);
      }
  }

  #addDifficulties(
    learner: number,
    beyond: Float64Array,
    gradient: Float64Array,
    curvature: Float64Array,
  ): void {
    const { fromElo } = this.#coefficients;
    this.#tracer.trace(learner, this.#coefficients, beyond, (row, elo, recent, streak) => {
      const p = chanceOf(this.#coefficients, elo, recent, streak);
      const family = this.#log.family[row]!;
      gradient[family]! += fromElo * (p - this.#log.right[row]!);
      curvature[family]! += fromElo * fromElo * p * (1 - p);
    });
  }

  /** A Newton step, halved until the loss falls; none where it never does. */
  #improveWeights(): void {
    const { gradient, hessian } = this.#weightSlopes();
    const weights = weightsOf(this.#coefficients);
    for (const [a, shipped] of weightsOf(MIXER_1).entries()) {
      gradient[a]! += SHIPPED_PRECISION * (shipped - weights[a]!);
      hessian[a * WEIGHTS + a]! += SHIPPED_PRECISION;
    }
    const step = solve(hessian, gradient, WEIGHTS);
    const objective = (coefficients: RatedCoefficients): number =>
      this.#loss(coefficients) + this.#penalty(coefficients);
    const now = objective(this.#coefficients);
    for (let share = 1; share >= LEAST_SHARE; share /= 2) {
      const moved = weights.map((weight, a) => Math.max(LEAST[a]!, weight + share * step[a]!));
      const [intercept = 0, fromElo = 0, fromRecent = 0, fromStreak = 0] = moved;
      const trial = { ...this.#coefficients, intercept, fromElo, fromRecent, fromStreak };
      if (objective(trial) >= now) continue;
      this.#coefficients = trial;
      return;
    }
  }

  #weightSlopes(): { gradient: Float64Array; hessian: Float64Array } {
    const gradient = new Float64Array(WEIGHTS);
    const hessian = new Float64Array(WEIGHTS * WEIGHTS);
    const x = [1, 0, 0, 0];
    this.#traceAll(this.#coefficients, (row, elo, recent, streak) => {
      [x[1], x[2], x[3]] = [elo, recent, streak];
      const p = chanceOf(this.#coefficients, elo, recent, streak);
      for (let a = 0; a < WEIGHTS; a++) {
        gradient[a]! += (this.#log.right[row]! - p) * x[a]!;
        for (let b = 0; b <= a; b++) hessian[a * WEIGHTS + b]! += p * (1 - p) * x[a]! * x[b]!;
      }
    });
    return { gradient, hessian };
  }

  #penalty(coefficients: RatedCoefficients): number {
    const shipped = weightsOf(MIXER_1);
    const off = weightsOf(coefficients).reduce((sum, weight, a) => sum + (weight - shipped[a]!) ** 2, 0);
    return (SHIPPED_PRECISION / 2) * off;
  }

  /** Coordinate search on the log loss of each answer before it is taken in. */
  searchSteps(): void {
    let least = this.#loss(this.#coefficients);
    for (let round = 0; round < STEP_ROUNDS; round++)
      for (const who of ['theta', 'delta'] as const)
        for (const what of ['first', 'decay', 'floor'] as const)
          for (const factor of FACTORS) {
            const value = this.#coefficients[who][what] * factor;
            const moved = Math.abs(Math.log(value / MIXER_1[who][what]));
            if (moved > Math.log(STEP_BOUND)) continue;
            const trial = { ...this.#coefficients, [who]: { ...this.#coefficients[who], [what]: value } };
            const loss = this.#loss(trial);
            if (loss >= least) continue;
            least = loss;
            this.#coefficients = trial;
            break;
          }
  }

  #loss(coefficients: RatedCoefficients): number {
    let loss = 0;
    this.#traceAll(coefficients, (row, elo, recent, streak) => {
      const p = chanceOf(coefficients, elo, recent, streak);
      loss -= Math.log(Math.max(1e-9, this.#log.right[row] === 1 ? p : 1 - p));
    });
    return loss;
  }

  /** Everybody, against the difficulties of the quarters that they are not in. */
  #traceAll(coefficients: RatedCoefficients, see: See): void {
    for (const [place, learner] of this.#learners.entries())
      this.#tracer.trace(learner, coefficients, this.#beyond[place % FOLDS]!, see);
  }

  version(): RatedVersion {
    const { theta, delta } = this.#coefficients;
    const [intercept = 0, fromElo = 0, fromRecent = 0, fromStreak = 0] = weightsOf(this.#coefficients).map(
      toDigits,
    );
    const step = ({ first, decay, floor }: typeof theta) => ({
      first: toDigits(first),
      decay: toDigits(decay),
      floor: toDigits(floor),
    });
    const { families, skills } = this.#difficulties();
    return {
      form: 'rated-1',
      theta: step(theta),
      delta: step(delta),
      intercept,
      fromElo,
      fromRecent,
      fromStreak,
      families,
      skills,
    };
  }

  /** Of the families that were answered, and their mean by skill. */
  #difficulties(): Pick<RatedVersion, 'families' | 'skills'> {
    const log = this.#log;
    const found = new Map<number, number>();
    for (const learner of this.#learners)
      for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++)
        if (log.scored[row]) found.set(log.family[row]!, log.skill[row]!);
    const families: [string, number][] = [];
    const bySkill = new Map<number, number[]>();
    for (const [family, skill] of found) {
      const beyond = toThousandths(this.#beyond[FOLDS]![family]!);
      families.push([log.familyNames[family]!, beyond]);
      bySkill.set(skill, [...(bySkill.get(skill) ?? []), beyond]);
    }
    const skills = [...bySkill].map(([skill, all]): [string, number] => [
      log.skillNames[skill]!,
      toThousandths(all.reduce((sum, one) => sum + one, 0) / all.length),
    ]);
    return { families: sorted(families), skills: sorted(skills) };
  }
}

function chanceOf(
  { intercept, fromElo, fromRecent, fromStreak }: RatedCoefficients,
  elo: number,
  recent: number,
  streak: number,
): number {
  return sigmoid(intercept + fromElo * elo + fromRecent * recent + fromStreak * streak);
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}

function weightsOf({ intercept, fromElo, fromRecent, fromStreak }: RatedCoefficients): number[] {
  return [intercept, fromElo, fromRecent, fromStreak];
}

function sorted(entries: [string, number][]): Record<string, number> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Four significant digits: more would be noise. */
function toDigits(value: number): number {
  return Number(value.toPrecision(4));
}

function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000 || 0;
}
