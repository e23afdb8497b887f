import type { NamedWeights } from '../mixer/cold.ts';
import { difficultyOf, extract, FEATURES, type Feature } from '../mixer/features.ts';
import { sigmoid } from '../mixer/maths.ts';
import type { BktParameters, EloSteps, Population, Step } from '../mixer/population.ts';
import { knownBefore } from '../mixer/rated.ts';
import { advance, newSkillTrack, newTrack } from '../mixer/track.ts';
import { countLearners, type AnswerLog } from './answer-log.ts';
import type { RatingSteps } from './difficulties.ts';
import { fitLogistic } from './fit-logistic.ts';
import { fitPopulation } from './fit-population.ts';
import { newRows, type Rows } from './rows.ts';
import { fitSteps } from './steps.ts';

/**
 * Inputs of the head whose items have a known difficulty and no history, as the product's have: what the learner did on the skill, and
 * both ratings. Nothing in it follows the order of exercises, so that p of a skill moves by evidence alone.
 */
export const RATED_INPUTS: readonly Feature[] = [
  'elo',
  'bkt',
  'skillRecent5',
  'skillRecent9',
  'logSkillRight',
  'logSkillWrong',
  'streakRight',
];

/** Coefficients of the product's estimator. Plain JSON. */
export interface RatedFit {
  elo: EloSteps;
  bkt: BktParameters;
  head: NamedWeights;
}

const FOLDS = 4;

/** Fits the rated head on several logs, each counting the same; difficulties are cross-fitted. */
export function fitRated(logs: readonly AnswerLog[], sizes: { items: number; skills: number }, bkt: BktParameters): RatedFit {
  const steps = logs.map((log) => fitSteps(log, sizes));
  const elo = {
    theta: meanStep(steps.map(({ theta }) => theta)),
    delta: meanStep(steps.map(({ delta }) => delta)),
    single: meanStep(steps.map(({ single }) => single)),
  };
  const size = logs.reduce((sum, log) => sum + log.size, 0);
  const rows = newRows(size, FEATURES.length);
  for (const [k, log] of logs.entries()) {
    const weight = size / logs.length / log.size;
    const fitted: RatingSteps = steps[k]!;
    for (let fold = 0; fold < FOLDS; fold++) {
      const learners = Array.from({ length: countLearners(log) }, (_, learner) => learner);
      const rest = learners.filter((learner) => learner % FOLDS !== fold);
      const population = { ...fitPopulation(log, rest, sizes, fitted), elo };
      for (const learner of learners) if (learner % FOLDS === fold) traceRated(log, learner, population, bkt, weight, rows);
    }
  }
  const { intercept, weights } = fitLogistic(rows, RATED_INPUTS.map((name) => FEATURES.indexOf(name)));
  const kept = RATED_INPUTS.map((name) => [name, Number(weights[FEATURES.indexOf(name)]!.toPrecision(5))] as const);
  return { elo, bkt, head: { intercept: Number(intercept.toPrecision(5)), weights: Object.fromEntries(kept) } };
}

function traceRated(
  log: AnswerLog,
  learner: number,
  population: Population,
  bkt: BktParameters,
  weight: number,
  rows: Rows,
): void {
  const track = newTrack();
  const skills = new Map([...population.skills].map(([id, own]) => [id, { ...own, bkt }]));
  const rated: Population = { ...population, skills, prior: { ...population.prior, bkt } };
  for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
    const skill = log.skill[row]!;
    const item = log.item[row]! < 0 ? null : log.item[row]!;
    const y = log.correct[row]!;
    const { multi, single } = difficultyOf(rated, skill, item);
    track.skills[skill] ??= newSkillTrack(knownBefore(bkt, sigmoid(track.theta - difficultyOf(rated, skill, null).multi)));
    const at = rows.size++;
    rows.y[at] = y;
    rows.weight[at] = weight;
    extract(track, rated, { skill, item, ts: null }, rows.x, at * rows.width);
    advance(track, rated, { skill, item: null, right: y === 1, ts: null }, multi, single);
  }
}

/** The geometric mean of each number: step sizes are scales. */
function meanStep(steps: readonly Step[]): Step {
  const of = (key: keyof Step): number =>
    Number(Math.exp(steps.reduce((sum, step) => sum + Math.log(step[key]), 0) / steps.length).toPrecision(4));
  return { first: of('first'), decay: of('decay'), floor: of('floor') };
}
