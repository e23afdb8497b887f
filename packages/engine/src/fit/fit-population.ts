import { logit, sigmoid } from '../mixer/maths.ts';
import type { Id, ItemParameters, Population, SkillParameters } from '../mixer/population.ts';
import { countLearners, type AnswerLog } from './answer-log.ts';
import { fitBkt } from './bkt-em.ts';
import { rateDifficulties, type Difficulties, type RatingSteps } from './difficulties.ts';

/** Answers' worth of the parent's share in a shrunken mean: an item's parent is its skill, a skill's is all. */
const ITEM_PRIOR = 5;
const SKILL_PRIOR = 20;

/** Sequences' worth of the pooled BKT in each skill's. */
const BKT_PRIOR = 20;
const BKT_ROUNDS = 12;

/** Difficulties, BKT and shrunken means of a part of the learners (null: all), for step sizes already fitted. */
export function fitPopulation(
  log: AnswerLog,
  learners: readonly number[] | null,
  sizes: { items: number; skills: number },
  steps: RatingSteps,
): Population {
  const rated = rateDifficulties(log, learners, sizes, steps);
  const bkt = fitBkt(log, learners, { forgetting: true, rounds: BKT_ROUNDS, priorSequences: BKT_PRIOR });
  const { skillMean, itemMean } = shrunkenMeans(log, learners, sizes, rated.base);
  const skills = new Map<Id, SkillParameters>();
  for (let s = 0; s < sizes.skills; s++) {
    if (rated.skillN[s] === 0) continue;
    skills.set(s, {
      difficulty: rated.skill[s]!,
      single: rated.skillSingle[s]!,
      mean: skillMean[s]!,
      bkt: bkt.skills.get(s) ?? bkt.pooled,
    });
  }
  return {
    base: rated.base,
    elo: { theta: steps.theta, delta: steps.delta, single: steps.single },
    prior: { difficulty: -rated.base, single: -rated.base, mean: 0, bkt: bkt.pooled },
    skills,
    items: itemsOf(rated, itemMean, sizes.items),
  };
}

function itemsOf(rated: Difficulties, mean: Float64Array, size: number): Map<Id, ItemParameters> {
  const items = new Map<Id, ItemParameters>();
  for (let i = 0; i < size; i++) {
    const n = rated.itemN[i]!;
    if (n === 0) continue;
    items.set(i, {
      deviation: rated.item[i]!,
      single: rated.itemSingle[i]!,
      mean: mean[i]!,
      evidence: Math.log1p(n),
    });
  }
  return items;
}

function shrunkenMeans(
  log: AnswerLog,
  learners: readonly number[] | null,
  sizes: { items: number; skills: number },
  base: number,
): { skillMean: Float64Array; itemMean: Float64Array } {
  const skill = { n: new Float64Array(sizes.skills), right: new Float64Array(sizes.skills) };
  const item = { n: new Float64Array(sizes.items), right: new Float64Array(sizes.items) };
  const itemSkill = new Int32Array(sizes.items);
  const count = learners?.length ?? countLearners(log);
  for (let k = 0; k < count; k++) {
    const learner = learners === null ? k : (learners[k] as number);
    for (let row = log.starts[learner] as number; row < (log.starts[learner + 1] as number); row++) {
      const s = log.skill[row] as number;
      const i = log.item[row] as number;
      const y = log.correct[row] as number;
      skill.n[s]! += 1;
      skill.right[s]! += y;
      if (i < 0) continue;
      item.n[i]! += 1;
      item.right[i]! += y;
      itemSkill[i] = s;
    }
  }
  const share = sigmoid(base);
  const skillShare = skill.n.map((n, s) => (skill.right[s]! + SKILL_PRIOR * share) / (n + SKILL_PRIOR));
  const itemMean = item.n.map(
    (n, i) => logit((item.right[i]! + ITEM_PRIOR * skillShare[itemSkill[i]!]!) / (n + ITEM_PRIOR)) - base,
  );
  return { skillMean: skillShare.map((p) => logit(p) - base), itemMean };
}
