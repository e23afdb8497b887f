import { describe, expect, it } from 'vitest';
import { getEstimator, type Observation } from '../estimator.ts';
import { MIXER_1 } from '../mixer-1.ts';
import { createRandom } from '../random.ts';
import { fitVersion } from './fit-version.ts';
import { MOST_ANSWERS, RefitLog } from './refit-log.ts';
import { byChance, scoresOf } from './scores.ts';
import { Tracer } from './trace-learner.ts';
import { tryRefit } from './try-refit.ts';

const T0 = Date.UTC(2026, 0, 5);
const FAMILIES = 12;
const LEVEL_2 = 0.4;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** One learner in five is held out. */
const isHeld = (learner: number): boolean => learner % 5 === 0;

const answerOf = (family: number, right: boolean, n: number): Observation => ({
  skill: `s${family % 4}`,
  family: `f${family}`,
  difficulty: LEVEL_2,
  skillDifficulty: LEVEL_2,
  outcome: right ? 'correct' : n % 3 === 0 ? 'skipped' : 'incorrect',
  aid: n % 9 === 8 ? 'hint-1' : 'none',
  retry: n % 11 === 10,
  implies: n % 13 === 12 ? ['beneath', 'elsewhere'] : [],
  at: T0 + n * 60_000,
});

/** Learners of differing ability on families whose real difficulty is `off` beyond the author's. */
function logOf(learners: number, answers: number, off: readonly number[]): RefitLog {
  const random = createRandom('refit');
  const log = new RefitLog();
  for (let l = 0; l < learners; l++) {
    const ability = (random() - 0.5) * 2;
    const own = Array.from({ length: answers }, (_, n) => {
      const family = Math.floor(random() * FAMILIES);
      return answerOf(family, random() < sigmoid(ability + n * 0.02 - LEVEL_2 - (off[family] ?? 0)), n);
    });
    log.addLearner(own, isHeld(l));
  }
  return log;
}

/** Learners who are exactly as the shipped estimator believes: nothing is left to find. */
function logAsBelieved(learners: number, answers: number): RefitLog {
  const random = createRandom('believed');
  const log = new RefitLog();
  const estimator = getEstimator('mixer-1');
  for (let l = 0; l < learners; l++) {
    let state = estimator.initial();
    const own = Array.from({ length: answers }, (_, n) => {
      const family = Math.floor(random() * FAMILIES);
      const asked = answerOf(family, false, n);
      const seen = answerOf(family, random() < estimator.predict(state, asked).p, n);
      state = estimator.observe(state, seen);
      return seen;
    });
    log.addLearner(own, isHeld(l));
  }
  return log;
}

const OFF = Array.from({ length: FAMILIES }, (_, k) => Math.sin(k * 2.4) * 1.5);

describe('a trial fit', () => {
  it('finds difficulties that the authors did not know, on learners it never saw', () => {
    const trial = tryRefit(logOf(120, 40, OFF), 'mixer-1');
    expect(trial.learners).toEqual({ fitted: 96, held: 24 });
    expect(trial.after.logLoss).toBeLessThan(trial.before.logLoss - 0.02);
    expect(trial.after.auc).toBeGreaterThan((trial.before.auc ?? 1) + 0.03);
    expect(trial.gain.mean).toBeCloseTo(trial.before.logLoss - trial.after.logLoss, 10);
    expect(trial.better).toBe(true);
    const found = OFF.map((_, family) => trial.version.families[`f${family}`] ?? 0);
    for (const [k, off] of OFF.entries())
      if (Math.abs(off) > 1) expect(Math.sign(found[k] ?? 0)).toBe(Math.sign(off));
  });

  it('is not called better where there is nothing to find', () => {
    const trial = tryRefit(logAsBelieved(150, 40), 'mixer-1');
    expect(trial.better).toBe(false);
    expect(trial.after.logLoss).toBeCloseTo(trial.before.logLoss, 2);
  });

  it('gives the same version for the same answers, down to its text', () => {
    const [one, two] = [0, 1].map(() => JSON.stringify(fitVersion(logOf(60, 30, OFF))));
    expect(one).toBe(two);
  });

  it('never learns that a right answer lowers p', () => {
    const contrary = new RefitLog();
    for (let l = 0; l < 60; l++)
      contrary.addLearner(
        Array.from({ length: 40 }, (_, n) => answerOf(l % FAMILIES, n % 2 === 0, n)),
        false,
      );
    const { fromElo, fromRecent, fromStreak } = fitVersion(contrary);
    expect(Math.min(fromElo, fromRecent, fromStreak)).toBeGreaterThanOrEqual(0);
  });

  it('needs learners on both sides', () => {
    expect(() => tryRefit(logOf(20, 10, OFF), 'mixer-1')).toThrow('too few learners');
  });
});

describe('the fit’s own walk over a log', () => {
  it('sees what the estimator sees', () => {
    const log = logOf(30, 60, OFF);
    const tracer = new Tracer(log);
    const estimator = getEstimator('mixer-1');
    const none = new Float64Array(log.familyNames.length);
    const { intercept, fromElo, fromRecent, fromStreak } = MIXER_1;
    for (let learner = 0; learner < log.learners; learner++) {
      const chances = new Map<number, number>();
      tracer.trace(learner, MIXER_1, none, (row, elo, recent, streak) => {
        chances.set(row, sigmoid(intercept + fromElo * elo + fromRecent * recent + fromStreak * streak));
      });
      let state = estimator.initial();
      for (let row = log.starts[learner] ?? 0; row < (log.starts[learner + 1] ?? 0); row++) {
        const seen = log.observationAt(row);
        if (log.scored[row]) expect(chances.get(row)).toBeCloseTo(estimator.predict(state, seen).p, 4);
        else expect(chances.has(row)).toBe(false);
        state = estimator.observe(state, seen);
      }
    }
  });

  it('reads a bounded number of answers', () => {
    const log = new RefitLog();
    expect(log.hasRoomFor(MOST_ANSWERS)).toBe(true);
    expect(log.hasRoomFor(MOST_ANSWERS + 1)).toBe(false);
  });
});

describe('scores', () => {
  it('are those of the textbook', () => {
    const { logLoss, auc, ece } = scoresOf([
      { p: 0.9, right: true },
      { p: 0.6, right: false },
      { p: 0.6, right: true },
      { p: 0.2, right: false },
    ]);
    expect(logLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.6) + Math.log(0.8)) / 4, 10);
    expect(auc).toBeCloseTo(0.875, 10);
    expect(ece).toBeCloseTo((0.1 + 0.2 + 0.2) / 4, 10);
    expect(scoresOf([{ p: 0.5, right: true }]).auc).toBeNull();
  });

  it('say how far chance alone takes them', () => {
    const random = createRandom('chance');
    const draw = () => {
      const said = Array.from({ length: 400 }, () => {
        const p = random();
        return { p, right: random() < p };
      });
      return { found: scoresOf(said).ece, expected: byChance(said).ece };
    };
    const draws = Array.from({ length: 60 }, draw);
    const mean = (of: (one: ReturnType<typeof draw>) => number) =>
      draws.reduce((sum, one) => sum + of(one), 0) / draws.length;
    expect(mean(({ found }) => found)).toBeCloseTo(
      mean(({ expected }) => expected),
      2,
    );
    expect(byChance([{ p: 0.5, right: true }]).auc).toBe(1);
  });
});
