import { getEstimator, type Observation } from '../estimator.ts';
import type { RatedVersion } from '../mixer/rated.ts';
import { createRated } from '../rated-estimator.ts';
import { fitVersion } from './fit-version.ts';
import type { RefitLog } from './refit-log.ts';
import { byChance, scoresOf, type Scores } from './scores.ts';

/** A fit on some learners, beside what decides now, judged on the others. */
export interface RefitTrial {
  /** What decides now. */
  estimator: string;
  learners: { fitted: number; held: number };
  /** First tries without help: what is fitted on, and what is scored. */
  answers: { fitted: number; held: number };
  before: Scores;
  after: Scores;
  /** By how much log loss fell, mean over the answers of learners held out, nats, and its standard error over learners. */
  gain: { mean: number; error: number };
  /**
   * Log loss lower by more than 1.645 of its standard errors (one chance in twenty), and neither AUC nor ECE worse by more than a hundredth, or by what chance makes of so
   * few answers, on the learners held out.
   */
  better: boolean;
  /** The fitted estimator: what would be adopted. */
  version: RatedVersion;
}

/** A hundredth: what AUC and ECE may lose without the fit being called worse. */
const SLACK = 0.01;

/** One-sided 95% of a normal distribution. */
const SURE = 1.645;

/** Learners on each side without whom nothing can be fitted or judged. */
const LEAST_LEARNERS = 10;

/**
 * Fits an estimator to most learners of a log and scores it, beside the one that decides now, on those held out. Decides and changes
 * nothing. @param current id of the estimator that decides now
 * @throws Error where either part has fewer than ten learners with answers to score
 */
export function tryRefit(log: RefitLog, current: string): RefitTrial {
  const count = (held: boolean) => {
    const rows = log.held.map((is, learner) => (is === held ? scoredOf(log, learner) : 0));
    return { learners: rows.filter((n) => n > 0).length, answers: rows.reduce((sum, n) => sum + n, 0) };
  };
  const fitted = count(false);
  const held = count(true);
  if (Math.min(fitted.learners, held.learners) < LEAST_LEARNERS)
    throw new Error('There are too few learners with first tries without help to fit and to judge.');
  const version = fitVersion(log);
  const before = foretold(log, getEstimator(current));
  const after = foretold(log, createRated(`${current} re-fitted`, version));
  const [was, is] = [scoresOf(before.flat()), scoresOf(after.flat())];
  const gain = gainOf(before, after);
  const chance = byChance(after.flat());
  return {
    estimator: current,
    learners: { fitted: fitted.learners, held: held.learners },
    answers: { fitted: fitted.answers, held: held.answers },
    before: was,
    after: is,
    gain,
    better:
      gain.mean > SURE * gain.error &&
      (is.auc ?? 0) >= (was.auc ?? 0) - Math.max(SLACK, chance.auc) &&
      is.ece <= was.ece + Math.max(SLACK, chance.ece),
    version,
  };
}

function scoredOf(log: RefitLog, learner: number): number {
  let count = 0;
  for (let row = log.starts[learner] ?? 0; row < (log.starts[learner + 1] ?? 0); row++)
    if (log.scored[row]) count += 1;
  return count;
}

type Foretold = { p: number; right: boolean };

interface Model<S> {
  initial(): S;
  observe(state: S, seen: Observation): S;
  predict(state: S, query: { skill: string; family: string; difficulty: number; at: number }): { p: number };
}

/** By learner held out. The estimator as it runs: all answers are evidence, as what they are; p for the item itself. */
function foretold<S>(log: RefitLog, estimator: Model<S>): Foretold[][] {
  return log.held.flatMap((held, learner) => (held ? [follow(log, estimator, learner)] : []));
}

function follow<S>(log: RefitLog, estimator: Model<S>, learner: number): Foretold[] {
  const said: Foretold[] = [];
  let state = estimator.initial();
  for (let row = log.starts[learner] ?? 0; row < (log.starts[learner + 1] ?? 0); row++) {
    const seen = log.observationAt(row);
    if (log.scored[row])
      said.push({ p: estimator.predict(state, seen).p, right: seen.outcome === 'correct' });
    state = estimator.observe(state, seen);
  }
  return said;
}

/** Answers of one learner are not independent: the error is of the learners' sums. */
function gainOf(before: readonly Foretold[][], after: readonly Foretold[][]): RefitTrial['gain'] {
  const sums = before.map((said, k) => lossOf(said) - lossOf(after[k] ?? []));
  const answers = before.reduce((total, said) => total + said.length, 0);
  const mean = sums.reduce((total, sum) => total + sum, 0) / answers;
  const squares = sums.reduce((total, sum, k) => total + (sum - mean * (before[k]?.length ?? 0)) ** 2, 0);
  return { mean, error: Math.sqrt(squares) / answers };
}

function lossOf(said: readonly Foretold[]): number {
  return said.length === 0 ? 0 : scoresOf(said).logLoss * said.length;
}
