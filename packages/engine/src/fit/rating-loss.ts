import { sigmoid } from '../mixer/maths.ts';
import { stepSize, type EloSteps } from '../mixer/population.ts';
import type { AnswerLog } from './answer-log.ts';
import type { Difficulties } from './difficulties.ts';

/** Mean log losses of both ratings, added, over learners that the difficulties have not seen: those stay as they are. */
export function ratingLoss(
  log: AnswerLog,
  learners: readonly number[],
  difficulties: Difficulties,
  steps: EloSteps,
): number {
  const { skill, item, skillSingle, itemSingle } = difficulties;
  const delta = new Float64Array(skill.length);
  const met = new Int32Array(skill.length);
  let loss = 0;
  let n = 0;
  for (const learner of learners) {
    delta.fill(0);
    met.fill(0);
    let theta = 0;
    let single = 0;
    let answered = 0;
    for (let row = log.starts[learner] as number; row < (log.starts[learner + 1] as number); row++) {
      const s = log.skill[row] as number;
      const i = log.item[row] as number;
      const y = log.correct[row] as number;
      const p = sigmoid(theta + delta[s]! - skill[s]! - (i < 0 ? 0 : item[i]!));
      const q = sigmoid(single - skillSingle[s]! - (i < 0 ? 0 : itemSingle[i]!));
      loss -= Math.log(Math.max(1e-9, y === 1 ? p * q : (1 - p) * (1 - q)));
      n += 1;
      theta += stepSize(steps.theta, answered) * (y - p);
      single += stepSize(steps.single, answered) * (y - q);
      delta[s]! += stepSize(steps.delta, met[s]!) * (y - p);
      answered += 1;
      met[s]! += 1;
    }
  }
  return loss / Math.max(1, n);
}
