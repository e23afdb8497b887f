import { beliefAt, getEstimator } from './estimator.ts';
import { levelDifficulty } from './graph.ts';
import { canPass } from './rule.ts';
import { CHECK_ANSWERS, PASS_LONG_STREAK, PASS_P, PASS_STREAK } from './rule-numbers.ts';
import type { LearnerState } from './state.ts';

/** Logits above level 3: no item is harder. A right answer moves p the more, the harder its item. */
const BEYOND_ANY = 4;

/**
 * Whether the open check could still be passed if every answer to come were right, on the hardest items there could be. False means that
 * no answers can pass it; it is never used to end one: the rule does, at the second miss or the tenth answer, or its learner.
 * False where no check is open. `now` in epoch ms.
 */
export function canStillPass(state: LearnerState, now: number): boolean {
  const { check } = state;
  if (check === null) return false;
  const { skill, skillDifficulty, answers } = check;
  if (!canPass(check, beliefAt(state, skill, skillDifficulty, now).p)) return false;
  const estimator = getEstimator(state.estimator.id);
  const lastMiss = answers.findLastIndex((answer) => answer.outcome !== 'correct');
  let believed = state.estimator.state;
  for (let asked = answers.length + 1; asked <= CHECK_ANSWERS; asked++) {
    believed = estimator.observe(believed, {
      skill,
      family: '',
      difficulty: levelDifficulty(3) + BEYOND_ANY,
      skillDifficulty,
      outcome: 'correct',
      aid: 'none',
      retry: false,
      implies: [],
      at: now,
    });
    const streak = asked - lastMiss - 1;
    const { p } = estimator.predict(believed, { skill, family: null, difficulty: skillDifficulty, at: now });
    if (streak >= PASS_LONG_STREAK || (streak >= PASS_STREAK && p >= PASS_P)) return true;
  }
  return false;
}
