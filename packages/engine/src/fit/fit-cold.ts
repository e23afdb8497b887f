import type { ColdCoefficients, NamedWeights } from '../mixer/cold.ts';
import { difficultyOf, extract, FEATURES, type Feature } from '../mixer/features.ts';
import type { LinearModel } from '../mixer/logistic.ts';
import { logit } from '../mixer/maths.ts';
import type { BktParameters, EloSteps, Population, Step } from '../mixer/population.ts';
import { advance, newTrack } from '../mixer/track.ts';
import { countLearners, pickLearners, type AnswerLog } from './answer-log.ts';
import { fitBkt } from './bkt-em.ts';
import { START_STEPS } from './difficulties.ts';
import { AHEAD } from './fit-mixer.ts';
import { fitLogistic } from './fit-logistic.ts';
import { ratingLoss } from './rating-loss.ts';
import { newRows, type Rows } from './rows.ts';

/** Answers taken of each log, at most, by whole learners. */
const LOG_ANSWERS = 100_000;

/** Answers of each log that the step sizes are searched on. */
const SEARCH_ANSWERS = 25_000;

const BKT_ROUNDS = 12;

/**
 * Inputs that do not carry over: what needs an item's history (sets differ in what an item is), and recency over all answers, which
 * follows how a set orders its exercises (without it AUC on algebra05s, left out, rises from .765 to .773).
 */
const LEFT_OUT: readonly Feature[] = [
  'itemMean',
  'itemEvidence',
  'deviation',
  'itemEvidenceMean',
  'logItemRight',
  'logItemWrong',
  'itemLast',
  'recent80',
  'recent95',
  'recent99',
  'allEvidenceRecent',
];

/**
 * Coefficients for a population of which nothing is known. Every log counts the same, whatever its size: each stands for a kind of
 * school, and the next one may be like any of them.
 */
export function fitCold(logs: readonly AnswerLog[], skills: number, id: string): ColdCoefficients {
  const parts = logs.map((log) => everyKth(log, LOG_ANSWERS));
  const base = mean(parts.map((log) => logit(log.correct.reduce((a, b) => a + b, 0) / log.size)));
  const elo = fitColdSteps(
    parts.map((log) => everyKth(log, SEARCH_ANSWERS)),
    base,
    skills,
  );
  const bkt = meanBkt(
    parts.map((log) => fitBkt(log, null, { forgetting: true, rounds: BKT_ROUNDS, priorSequences: 1 }).pooled),
  );
  const population: Population = {
    base,
    elo,
    prior: { difficulty: -base, single: -base, mean: 0, bkt },
    skills: new Map(),
    items: new Map(),
  };
  const size = parts.reduce((sum, log) => sum + log.size, 0);
  const next = newRows(size, FEATURES.length);
  const typical = newRows(size, FEATURES.length);
  for (const log of parts) {
    const weight = size / parts.length / log.size;
    for (let learner = 0; learner < countLearners(log); learner++)
      traceCold(log, learner, population, weight, next, typical);
  }
  const columns = FEATURES.flatMap((name, j) => (LEFT_OUT.includes(name) ? [] : [j]));
  return {
    id,
    base,
    elo,
    bkt,
    next: named(fitLogistic(next, columns)),
    typical: named(fitLogistic(typical, columns)),
  };
}

function traceCold(
  log: AnswerLog,
  learner: number,
  population: Population,
  weight: number,
  next: Rows,
  typical: Rows,
): void {
  const track = newTrack();
  const waiting = new Map<number, number[]>();
  for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
    const skill = log.skill[row]!;
    const item = log.item[row]! < 0 ? null : log.item[row]!;
    const y = log.correct[row]!;
    const ts = Number.isNaN(log.ts[row]) ? null : log.ts[row]!;
    const at = next.size++;
    next.y[at] = y;
    next.weight[at] = weight;
    extract(track, population, { skill, item, ts }, next.x, at * next.width);
    const asked = waiting.get(skill) ?? [];
    for (const before of asked) {
      typical.y[before] =
        (typical.y[before]! * typical.weight[before]! + y * (weight / AHEAD)) /
        (typical.weight[before]! + weight / AHEAD);
      typical.weight[before]! += weight / AHEAD;
    }
    const { multi, single } = difficultyOf(population, skill, item);
    advance(track, population, { skill, item, right: y === 1, ts }, multi, single);
    const after = typical.size++;
    extract(track, population, { skill, item: null, ts }, typical.x, after * typical.width);
    waiting.set(skill, [...asked, after].slice(-AHEAD));
  }
}

const FACTORS = [0.6, 1.6];
const ROUNDS = 2;

/** Step sizes of learners alone: every difficulty stays at the prior. */
function fitColdSteps(logs: readonly AnswerLog[], base: number, skills: number): EloSteps {
  const flat = new Float64Array(skills).fill(-base);
  const none = new Float64Array(0);
  const difficulties = {
    base,
    skill: flat,
    skillSingle: flat,
    item: none,
    itemSingle: none,
    skillN: flat,
    itemN: none,
  };
  const withoutItems = logs.map((log) => ({ ...log, item: new Int32Array(log.size).fill(-1) }));
  const lossOf = (steps: EloSteps): number =>
    mean(
      withoutItems.map((log) =>
        ratingLoss(
          log,
          Array.from({ length: countLearners(log) }, (_, k) => k),
          difficulties,
          steps,
        ),
      ),
    );
  const { theta, delta, single } = START_STEPS;
  let best: EloSteps = { theta, delta, single };
  let least = lossOf(best);
  for (let round = 0; round < ROUNDS; round++)
    for (const who of ['theta', 'delta', 'single'] as const)
      for (const what of ['first', 'decay', 'floor'] as const satisfies readonly (keyof Step)[])
        for (const factor of FACTORS) {
          const trial = { ...best, [who]: { ...best[who], [what]: best[who][what] * factor } };
          const loss = lossOf(trial);
          if (loss >= least) continue;
          least = loss;
          best = trial;
          break;
        }
  return best;
}

function everyKth(log: AnswerLog, most: number): AnswerLog {
  const every = Math.ceil(log.size / most);
  if (every <= 1) return log;
  return pickLearners(
    log,
    Array.from({ length: countLearners(log) }, (_, k) => k).filter((k) => k % every === 0),
  );
}

function meanBkt(list: readonly BktParameters[]): BktParameters {
  const of = (key: keyof BktParameters): number => mean(list.map((bkt) => bkt[key]));
  return {
    known: of('known'),
    learn: of('learn'),
    forget: of('forget'),
    guess: of('guess'),
    slip: of('slip'),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** Five significant digits are kept: more would be noise. */
function named({ intercept, weights }: LinearModel): NamedWeights {
  const kept = FEATURES.flatMap((name, j) =>
    weights[j] === 0 ? [] : [[name, Number(weights[j]!.toPrecision(5))] as const],
  );
  return { intercept: Number(intercept.toPrecision(5)), weights: Object.fromEntries(kept) };
}
