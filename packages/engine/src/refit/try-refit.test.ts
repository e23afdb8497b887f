import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { scoresOf } from './scores.ts';
import { tryRefit, type RefitAnswer } from './try-refit.ts';

const T0 = Date.UTC(2026, 0, 5);

/** Learners of differing ability on families whose real difficulty is not the author's. */
function logOf(learners: number, answers: number): RefitAnswer[] {
  const random = createRandom('refit');
  const off = Array.from({ length: 12 }, () => (random() - 0.5) * 5);
  return Array.from({ length: learners }, (_, l) => {
    const ability = (random() - 0.5) * 2;
    return Array.from({ length: answers }, (_, n): RefitAnswer => {
      const family = Math.floor(random() * 12);
      const right = random() < 1 / (1 + Math.exp((off[family] ?? 0) - ability - n * 0.02));
      return {
        learner: `l${l}`,
        family: `f${family}`,
        observation: {
          skill: `s${family % 4}`,
          difficulty: 0.4,
          skillDifficulty: 0.4,
          outcome: right ? 'correct' : 'incorrect',
          aid: n % 9 === 8 ? 'hint-1' : 'none',
          retry: false,
          implies: [],
          at: T0 + n * 60_000,
        },
      };
    });
  }).flat();
}

describe('a trial fit', () => {
  it('finds difficulties that the authors did not know, on learners it never saw', () => {
    const trial = tryRefit(logOf(120, 40), (learner) => Number(learner.slice(1)) % 5 === 0);
    expect(trial.learners).toEqual({ fitted: 96, held: 24 });
    expect(trial.answers.held).toBe(24 * 36);
    expect(trial.after.logLoss).toBeLessThan(trial.before.logLoss);
    expect(trial.after.auc).toBeGreaterThan(trial.before.auc ?? 1);
    expect(trial.better).toBe(true);
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
});
