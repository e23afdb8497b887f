import { logit, sigmoid } from '../mixer/maths.ts';
import { stepSize, type EloSteps, type Step } from '../mixer/population.ts';
import { countLearners, type AnswerLog } from './answer-log.ts';

/** Step sizes of both sides: learners' ratings, and the difficulties while they are fitted. */
export interface RatingSteps extends EloSteps {
  skill: Step;
  item: Step;
}

/** Difficulties by id, logits; arrays as long as the names, 0 where nothing was met. */
export interface Difficulties {
  base: number;
  /** d, per skill. */
  skill: Float64Array;
  /** e, per item, beyond the skill's. */
  item: Float64Array;
  /** The same in the single-θ sibling. */
  skillSingle: Float64Array;
  itemSingle: Float64Array;
  /** Answers met. */
  skillN: Float64Array;
  itemN: Float64Array;
}

/** Starting values; `fitSteps` improves on them. */
export const START_STEPS: RatingSteps = {
  theta: { first: 0.5, decay: 0.1, floor: 0.03 },
  delta: { first: 0.6, decay: 0.3, floor: 0.1 },
  single: { first: 0.5, decay: 0.06, floor: 0.05 },
  skill: { first: 0.6, decay: 0.05, floor: 0 },
  item: { first: 0.7, decay: 0.25, floor: 0 },
};

/** Passes over the log: in the later ones learners start anew, difficulties go on. */
const PASSES = 2;

/**
 * Multivariate Elo and its single-θ sibling over whole learners. Shrinking steps on the difficulties make them running averages.
 * @param sizes of the id spaces, items then skills.
 */
export function rateDifficulties(
  log: AnswerLog,
  learners: readonly number[] | null,
  sizes: { items: number; skills: number },
  steps: RatingSteps,
): Difficulties {
  const count = learners?.length ?? countLearners(log);
  const skill = new Float64Array(sizes.skills);
  const skillSingle = new Float64Array(sizes.skills);
  const skillN = new Float64Array(sizes.skills);
  const item = new Float64Array(sizes.items);
  const itemSingle = new Float64Array(sizes.items);
  const itemN = new Float64Array(sizes.items);
  const base = baseOf(log, learners);
  skill.fill(-base);
  skillSingle.fill(-base);
  const delta = new Float64Array(sizes.skills);
  const met = new Int32Array(sizes.skills);
  const stamp = new Int32Array(sizes.skills).fill(-1);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let k = 0; k < count; k++) {
      const learner = learners === null ? k : (learners[k] as number);
      const turn = pass * count + k;
      let theta = 0;
      let single = 0;
      let answered = 0;
      for (let row = log.starts[learner] as number; row < (log.starts[learner + 1] as number); row++) {
        const s = log.skill[row] as number;
        const i = log.item[row] as number;
        const y = log.correct[row] as number;
        if (stamp[s] !== turn) {
          stamp[s] = turn;
          delta[s] = 0;
          met[s] = 0;
        }
        const p = sigmoid(theta + delta[s]! - skill[s]! - (i < 0 ? 0 : item[i]!));
        const q = sigmoid(single - skillSingle[s]! - (i < 0 ? 0 : itemSingle[i]!));
        const up = y - p;
        const upSingle = y - q;
        theta += stepSize(steps.theta, answered) * up;
        single += stepSize(steps.single, answered) * upSingle;
        delta[s]! += stepSize(steps.delta, met[s]!) * up;
        answered += 1;
        met[s]! += 1;
        const skillStep = stepSize(steps.skill, skillN[s]!);
        skill[s]! -= skillStep * up;
        skillSingle[s]! -= skillStep * upSingle;
        skillN[s]! += 1;
        if (i < 0) continue;
        const itemStep = stepSize(steps.item, itemN[i]!);
        item[i]! -= itemStep * up;
        itemSingle[i]! -= itemStep * upSingle;
        itemN[i]! += 1;
      }
    }
  }
  for (let s = 0; s < sizes.skills; s++) skillN[s]! /= PASSES;
  for (let i = 0; i < sizes.items; i++) itemN[i]! /= PASSES;
  return { base, skill, item, skillSingle, itemSingle, skillN, itemN };
}

function baseOf(log: AnswerLog, learners: readonly number[] | null): number {
  let right = 0;
  let n = 0;
  for (const learner of learners ?? Array.from({ length: countLearners(log) }, (_, k) => k))
    for (let row = log.starts[learner] as number; row < (log.starts[learner + 1] as number); row++) {
      right += log.correct[row] as number;
      n += 1;
    }
  return logit((right + 1) / (n + 2));
}
