import { effectKeys, EFFECTS, TYPICAL_EFFECTS } from '../mixer/effects.ts';
import { difficultyOf, extract, FEATURES, type Feature } from '../mixer/features.ts';
import { linearLogit } from '../mixer/logistic.ts';
import { NEXT_WIDTH, TYPICAL_WIDTH, type Head, type Mixer } from '../mixer/model.ts';
import type { Population } from '../mixer/population.ts';
import { advance, newTrack } from '../mixer/track.ts';
import { countLearners, type AnswerLog } from './answer-log.ts';
import { boost, BOOST, type BoostOptions } from './boost.ts';
import { fitEffects, type KeyedRows } from './fit-effects.ts';
import { fitLogistic } from './fit-logistic.ts';
import { fitPopulation } from './fit-population.ts';
import { newRows } from './rows.ts';
import { fitSteps } from './steps.ts';

/** Cross-fitting: the mixer meets each learner with a population fitted on the other three quarters. */
const FOLDS = 4;

/**
 * Answers on the skill that the typical head is fitted to, from each point on. One would do; with five, the items that happen to come
 * next are averaged out, as the typical item asks. Measured with four-fold cross-validation over learners, FAR at waste 5: 4.1% instead
 * of 4.7% on statics, 6.2% instead of 6.1% on algebra05s; the shipped rule's own 4.7 / 5.9% instead of 5.3 / 6.6%.
 */
export const AHEAD = 5;

/** Trees of the typical head, as the cross-validation above had them: fewer and smoother, since its outcomes overlap. */
const TYPICAL_TREES: BoostOptions = {
  trees: 30,
  depth: 5,
  rate: 0.12,
  sample: 0.4,
  most: 100_000,
  penalty: 60,
};

/** Answers whose inputs are held at once. More learners still count in difficulties, BKT and means. */
const MOST_ROWS = 600_000;

/** Inputs that know nothing of items or skills. */
const LEARNER_ONLY: readonly Feature[] = [
  'skillRecent5',
  'skillRecent7',
  'skillRecent9',
  'recent80',
  'recent95',
  'recent99',
  'logSkillRight',
  'logSkillWrong',
  'logRight',
  'logWrong',
  'streakRight',
  'streakWrong',
  'firstOnSkill',
  'logGapTime',
  'logGapAnswers',
  'sameSkill',
  'lastOutcome',
  'evidenceRecent',
  'allEvidenceRecent',
  'sameSkillLast',
];

export interface MixerFitOptions {
  /** Null: no trees. */
  trees: BoostOptions | null;
}

/** Fits everything from a log. A pure function of it. */
export function fitMixer(
  log: AnswerLog,
  sizes: { items: number; skills: number },
  options: MixerFitOptions = { trees: BOOST },
): Mixer {
  const steps = fitSteps(log, sizes);
  const learners = Array.from({ length: countLearners(log) }, (_, k) => k);
  const capacity = Math.min(log.size, MOST_ROWS);
  const next = newHeadRows(capacity, NEXT_WIDTH, EFFECTS.length);
  const typical = newHeadRows(capacity, TYPICAL_WIDTH, TYPICAL_EFFECTS);
  const share = Math.min(1, MOST_ROWS / log.size);
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = learners.filter((k) => k % FOLDS !== fold);
    const own = learners.filter((k) => k % FOLDS === fold);
    const population = fitPopulation(log, rest, sizes, steps);
    for (const [k, learner] of own.entries())
      if (share === 1 || (k * share) % 1 < share) traceLearner(log, learner, population, fold, next, typical);
  }
  return {
    population: fitPopulation(log, null, sizes, steps),
    next: fitHead(next, options.trees),
    typical: fitHead(averaged(typical), options.trees === null ? null : TYPICAL_TREES),
  };
}

function newHeadRows(capacity: number, width: number, kinds: number): KeyedRows {
  return {
    rows: newRows(capacity, width),
    kinds,
    keys: new Float64Array(capacity * kinds),
    fold: new Uint8Array(capacity),
  };
}

const noKeys = new Float64Array(EFFECTS.length);

function traceLearner(
  log: AnswerLog,
  learner: number,
  population: Population,
  fold: number,
  next: KeyedRows,
  typical: KeyedRows,
): void {
  const track = newTrack();
  /** Rows of the typical head that wait for the next answers on a skill. */
  const waiting = new Map<number, number[]>();
  const to = log.starts[learner + 1] as number;
  for (let row = log.starts[learner] as number; row < to; row++) {
    const skill = log.skill[row] as number;
    const item = (log.item[row] as number) < 0 ? null : (log.item[row] as number);
    const y = log.correct[row] as number;
    const ts = Number.isNaN(log.ts[row]) ? null : (log.ts[row] as number);
    if (next.rows.size < next.fold.length) {
      const at = addRow(next, fold, y);
      extract(track, population, { skill, item, ts }, next.rows.x, at * next.rows.width);
      effectKeys(track, skill, item, next.keys, at * next.kinds);
    }
    const asked = waiting.get(skill) ?? [];
    for (const at of asked) {
      typical.rows.y[at]! += y;
      typical.rows.weight[at]! += 1;
    }
    const { multi, single } = difficultyOf(population, skill, item);
    advance(track, population, { skill, item, right: y === 1, ts }, multi, single);
    if (typical.rows.size === typical.fold.length) continue;
    const at = addRow(typical, fold, 0);
    typical.rows.weight[at] = 0;
    extract(track, population, { skill, item: null, ts }, typical.rows.x, at * typical.rows.width);
    effectKeys(track, skill, null, noKeys);
    for (let kind = 0; kind < typical.kinds; kind++) typical.keys[at * typical.kinds + kind] = noKeys[kind]!;
    waiting.set(skill, [...asked, at].slice(-AHEAD));
  }
}

/** A row's outcome is the mean of the answers it waited for, and counts by their number. */
function averaged(head: KeyedRows): KeyedRows {
  const { rows } = head;
  for (let row = 0; row < rows.size; row++) {
    const n = rows.weight[row]!;
    if (n > 0) rows.y[row]! /= n;
    rows.weight[row] = n / AHEAD;
  }
  return head;
}

function addRow({ rows, fold }: KeyedRows, which: number, y: number): number {
  const at = rows.size++;
  rows.y[at] = y;
  rows.weight[at] = 1;
  fold[at] = which;
  return at;
}

function fitHead(head: KeyedRows, trees: BoostOptions | null): Head {
  const { rows, kinds } = head;
  const features = FEATURES.map((_, j) => j);
  const first = fitLogistic(
    rows,
    LEARNER_ONLY.map((name) => FEATURES.indexOf(name)),
  );
  const effects = fitEffects(head, first, FOLDS, FEATURES.length);
  const inputs = [...features, ...Array.from({ length: kinds }, (_, k) => FEATURES.length + k)];
  const linear = fitLogistic(rows, inputs);
  if (trees === null) return { effects, linear, trees: null };
  const start = new Float64Array(rows.size);
  const mixed = FEATURES.length + kinds;
  for (let row = 0; row < rows.size; row++) {
    const logit = linearLogit(linear, rows.x, row * rows.width);
    start[row] = logit;
    rows.x[row * rows.width + mixed] = logit;
  }
  return { effects, linear, trees: boost(rows, start, [...inputs, mixed], trees) };
}
