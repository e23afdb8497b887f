import type { RatedCoefficients } from '../mixer/rated.ts';
import { difficultyOf, extract, FEATURES, type Feature } from '../mixer/features.ts';
import type { Population, Step } from '../mixer/population.ts';
import { advance, newTrack } from '../mixer/track.ts';
import { countLearners, type AnswerLog } from './answer-log.ts';
import type { RatingSteps } from './difficulties.ts';
import { fitLogistic } from './fit-logistic.ts';
import { fitPopulation } from './fit-population.ts';
import { newRows, type Rows } from './rows.ts';
import { fitSteps } from './steps.ts';

/**
 * Inputs of the head for items of a known difficulty and no history, as the product's are. Few, and such that a right answer can only
 * raise p and a miss only lower it. BKT's logit and a slower recency were tried beside them: both got negative weights.
 */
export const RATED_INPUTS: readonly Feature[] = ['elo', 'skillRecent5', 'streakRight'];

const FOLDS = 4;

/** Fits the rated head on several logs, each counting the same; difficulties are cross-fitted. */
export function fitRated(
  logs: readonly AnswerLog[],
  sizes: { items: number; skills: number },
): RatedCoefficients {
  const steps = logs.map((log) => fitSteps(log, sizes));
  const elo = {
    theta: meanStep(steps.map(({ theta }) => theta)),
    delta: meanStep(steps.map(({ delta }) => delta)),
  };
  const size = logs.reduce((sum, log) => sum + log.size, 0);
  const rows = newRows(size, FEATURES.length);
  for (const [k, log] of logs.entries()) {
    const weight = size / logs.length / log.size;
    const fitted: RatingSteps = steps[k]!;
    for (let fold = 0; fold < FOLDS; fold++) {
      const learners = Array.from({ length: countLearners(log) }, (_, learner) => learner);
      const rest = learners.filter((learner) => learner % FOLDS !== fold);
      const population = fitPopulation(log, rest, sizes, { ...fitted, ...elo });
      for (const learner of learners)
        if (learner % FOLDS === fold) traceRated(log, learner, population, weight, rows);
    }
  }
  const { intercept, weights } = fitLogistic(
    rows,
    RATED_INPUTS.map((name) => FEATURES.indexOf(name)),
  );
  const [fromElo = 0, fromRecent = 0, fromStreak = 0] = RATED_INPUTS.map((name) =>
    toDigits(weights[FEATURES.indexOf(name)]!),
  );
  return { ...elo, intercept: toDigits(intercept), fromElo, fromRecent, fromStreak };
}

function traceRated(
  log: AnswerLog,
  learner: number,
  population: Population,
  weight: number,
  rows: Rows,
): void {
  const track = newTrack();
  for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
    const skill = log.skill[row]!;
    const item = log.item[row]! < 0 ? null : log.item[row]!;
    const y = log.correct[row]!;
    const { multi, single } = difficultyOf(population, skill, item);
    const at = rows.size++;
    rows.y[at] = y;
    rows.weight[at] = weight;
    extract(track, population, { skill, item, ts: null }, rows.x, at * rows.width);
    advance(track, population, { skill, item: null, right: y === 1, ts: null }, multi, single);
  }
}

/** The geometric mean of each number: step sizes are scales. */
function meanStep(steps: readonly Step[]): Step {
  const of = (key: keyof Step): number =>
    toDigits(Math.exp(steps.reduce((sum, step) => sum + Math.log(step[key]), 0) / steps.length));
  return { first: of('first'), decay: of('decay'), floor: of('floor') };
}

/** Four significant digits: more would be noise. */
function toDigits(value: number): number {
  return Number(value.toPrecision(4));
}
