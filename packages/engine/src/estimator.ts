import { eloBkt1 } from './elo-bkt-1.ts';
import { mixer1 } from './mixer-1.ts';
import type { RatedVersion } from './mixer/rated.ts';
import { createRated } from './rated-estimator.ts';
import type { Aid, Belief, Outcome } from './events.ts';
import { skillDifficulty, type SkillGraph } from './graph.ts';
import type { LearnerState } from './state.ts';

/** One answer, as evidence. Everything in it stands in the ledger. */
export interface Observation {
  skill: string;
  /** The item's family. */
  family: string;
  /** The author's, of the item's family, logits. */
  difficulty: number;
  /** Mean of the skill's families, logits. */
  skillDifficulty: number;
  outcome: Outcome;
  aid: Aid;
  /** The same variant had been tried before. */
  retry: boolean;
  /** Skills for which a right answer is part evidence: what this one requires, in a placement. */
  implies: readonly string[];
  /** Epoch ms. */
  at: number;
}

/** What to predict: an unseen item of this author's difficulty (logits) on this skill at this time (epoch ms). */
export interface Query {
  skill: string;
  /** Its family; null for a typical item of the skill. */
  family: string | null;
  difficulty: number;
  at: number;
}

/**
 * A learner model. Pure; its state is plain JSON and is never changed in place. Once shipped, an id's behaviour is frozen for ever,
 * because past decisions are replayed with it: an improvement gets a new id.
 */
export interface Estimator<S = unknown> {
  id: string;
  initial(): S;
  observe(state: S, observation: Observation): S;
  /** p, its 90% interval and the number of answers it rests on. */
  predict(state: S, query: Query): Belief;
  /** How `observe` moved the skill's estimate, as numbers to keep. */
  trace(before: S, after: S, skill: string): number[];
  /** Takes a traced observation back: its item was retracted. */
  retract(state: S, skill: string, trace: readonly number[]): S;
}

/** The estimator that is shipped: new learners begin with it where no re-fitted version of it was adopted. `learner-created` records it. */
export const CURRENT_ESTIMATOR = 'mixer-1';

/** The estimator of ledgers that name none: they began before it was recorded. */
export const FIRST_ESTIMATOR = 'elo-bkt-1';

/** Every estimator ever shipped, by id. None is removed. */
export const ESTIMATORS: ReadonlyMap<string, Estimator> = new Map([
  [eloBkt1.id, erase(eloBkt1)],
  [mixer1.id, erase(mixer1)],
]);

/** Re-fitted versions that this process was given, by id. An id is made from a digest of its version, so that it can mean one thing only. */
const REFITTED = new Map<string, { version: RatedVersion; estimator: Estimator }>();

/**
 * Makes a re-fitted estimator known to this process, for ever. The caller has checked that the id names this version.
 * @throws Error where the id is a shipped one, or is held with another version.
 */
export function holdEstimator(id: string, version: RatedVersion): void {
  if (ESTIMATORS.has(id)) throw new Error(`${id} is shipped and cannot be another estimator.`);
  const held = REFITTED.get(id);
  if (held === undefined) REFITTED.set(id, { version, estimator: erase(createRated(id, version)) });
  else if (JSON.stringify(held.version) !== JSON.stringify(version))
    throw new Error(`${id} is held with other coefficients.`);
}

/** Whether events pinned to that estimator can be replayed here. */
export function holdsEstimator(id: string): boolean {
  return ESTIMATORS.has(id) || REFITTED.has(id);
}

/** The estimator of that id. @throws Error if it was never shipped, and is no re-fitted one that this process was given. */
export function getEstimator(id: string): Estimator {
  const estimator = ESTIMATORS.get(id) ?? REFITTED.get(id)?.estimator;
  if (estimator === undefined) throw new Error(`No such estimator: ${id}`);
  return estimator;
}

/** What is believed of an item of the given author's difficulty (logits) on a skill: of one family, or a typical one. `now` in epoch ms. */
export function beliefAt(
  state: LearnerState,
  skill: string,
  difficulty: number,
  now: number,
  family: string | null = null,
): Belief {
  return getEstimator(state.estimator.id).predict(state.estimator.state, {
    skill,
    family,
    difficulty,
    at: now,
  });
}

/** p of the mastery rule: an unseen item of the skill's mean family difficulty. @throws Error on an unknown skill. */
export function beliefOf(state: LearnerState, graph: SkillGraph, skill: string, now: number): Belief {
  return beliefAt(state, skill, skillDifficulty(graph, skill), now);
}

/** Forgets the type of an estimator's state: the fold stores it without looking inside. */
function erase<S>(estimator: Estimator<S>): Estimator {
  return {
    id: estimator.id,
    initial: () => estimator.initial(),
    observe: (state, observation) => estimator.observe(state as S, observation),
    predict: (state, query) => estimator.predict(state as S, query),
    trace: (before, after, skill) => estimator.trace(before as S, after as S, skill),
    retract: (state, skill, trace) => estimator.retract(state as S, skill, trace),
  };
}
