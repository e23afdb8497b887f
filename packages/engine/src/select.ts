import { beliefAt } from './estimator.ts';
import type { Place } from './events.ts';
import { getSkill, levelDifficulty, skillDifficulty, type SkillGraph } from './graph.ts';
import type { FamilyNode } from './graph.ts';
import { seededRank } from './random.ts';
import { PASS_P } from './rule-numbers.ts';
import type { LearnerState } from './state.ts';

/** p that practice aims at: hard enough to teach, right often enough to go on (Wilson et al. 2019 find .85 for learning by gradient; with hints and feedback at hand we go lower). */
export const PRACTICE_P = 0.7;

/** What to choose a family for. The seed fixes every tie. */
export interface Choice {
  skill: string;
  place: Place;
  seed: string;
  /** Families not to offer. */
  exclude?: readonly string[];
}

/**
 * The skill's families in the order in which to serve them; the caller takes the first that has a fresh variant. Families marked `check` appear
 * in checks only. The same state and seed give the same order. @throws Error on an unknown skill.
 */
export function rankFamilies(state: LearnerState, graph: SkillGraph, choice: Choice): FamilyNode[] {
  const served = getSkill(graph, choice.skill).families.filter(
    (family) =>
      (choice.place === 'check' || family.use === 'any') && choice.exclude?.includes(family.id) !== true,
  );
  const keys = keysFor(state, graph, choice);
  const ranked = served.map((family) => ({
    family,
    key: [...keys(family), seededRank(choice.seed, family.id)],
  }));
  return ranked
    .sort((a, b) => compareKeys(a.key, b.key) || compareText(a.family.id, b.family.id))
    .map(({ family }) => family);
}

type Keys = (family: FamilyNode) => number[];

/** Smaller is sooner, key by key. */
function keysFor(state: LearnerState, graph: SkillGraph, choice: Choice): Keys {
  if (choice.place === 'check') return checkKeys(state, graph, choice.skill);
  if (choice.place === 'practice') return practiceKeys(state, choice.skill);
  const used = lastUse(state, choice.skill);
  // Most information about this learner, but nothing easier than the skill itself: that would say little about it.
  if (choice.place === 'placement') {
    const aim = Math.max(middle(state, choice.skill), skillDifficulty(graph, choice.skill));
    return (family) => [-information(aim, levelDifficulty(family.level)), used(family.id)];
  }
  return (family) => [
    used(family.id),
    -information(passing(graph, choice.skill), levelDifficulty(family.level)),
  ];
}

/** Rule 1: family least used in this check, kind least used, most information near p = .80, then the family, by the check's seed. */
function checkKeys(state: LearnerState, graph: SkillGraph, skill: string): Keys {
  const issued = state.check?.skill === skill ? state.check.issued : [];
  return (family) => [
    issued.filter((item) => item.family === family.id).length,
    issued.filter((item) => item.kind === family.kind).length,
    -information(passing(graph, skill), levelDifficulty(family.level)),
  ];
}

/** Families owed after a not yet, then difficulty near p = .70, then the one seen longest ago. */
function practiceKeys(state: LearnerState, skill: string): Keys {
  const owed = state.skills[skill]?.mend?.families ?? [];
  const used = lastUse(state, skill);
  return (family) => {
    const distance = Math.abs(
      beliefAt(state, skill, levelDifficulty(family.level), state.lastAt, family.id).p - PRACTICE_P,
    );
    // In steps of .1: within one, variety matters more than the last hundredth.
    return [owed.includes(family.id) ? 0 : 1, Math.floor(distance / 0.1), used(family.id)];
  };
}

/** Position of the family's last answer on the skill, −1 if none is kept. */
function lastUse(state: LearnerState, skill: string): (family: string) => number {
  const recent = state.skills[skill]?.recent ?? [];
  return (family) => recent.findLastIndex((answer) => answer.family === family);
}

/** Fisher information of an item of that difficulty about an ability, both in logits. */
function information(ability: number, difficulty: number): number {
  const p = 1 / (1 + Math.exp(difficulty - ability));
  return p * (1 - p);
}

/** The ability, in logits, at which p is .80 on the skill. */
function passing(graph: SkillGraph, skill: string): number {
  return skillDifficulty(graph, skill) + Math.log(PASS_P / (1 - PASS_P));
}

/** The learner's ability on the skill as believed, in logits. */
function middle(state: LearnerState, skill: string): number {
  const { p } = beliefAt(state, skill, 0, state.lastAt);
  return Math.log(p / (1 - p));
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
