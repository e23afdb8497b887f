import { getSkill, type SkillGraph } from './graph.ts';
import type { LearnerState, SkillRecord, StateName } from './state.ts';

/** The highest state of a skill; `new` for one that nothing has touched. Applied shows once the skill is Demonstrated or Knows. */
export function stateOf(record: SkillRecord | undefined): StateName {
  if (record === undefined) return 'new';
  const passed = hasPassed(record);
  if (record.appliedAt !== null && passed) return 'applied';
  if (record.retainedAt !== null && passed) return 'retained';
  if (record.demonstratedAt !== null) return 'demonstrated';
  if (record.knowsAt !== null) return 'knows';
  if (record.placed !== null) return 'placed';
  return record.practisedAt !== null || record.attempts > 0 || record.placedLost !== null
    ? 'practising'
    : 'new';
}

/** A check on the skill was passed: Knows or Demonstrated. */
export function hasPassed(record: SkillRecord | undefined): boolean {
  return record !== undefined && (record.knowsAt !== null || record.demonstratedAt !== null);
}

/** Placed, Knows or Demonstrated. */
export function hasEvidence(record: SkillRecord | undefined): boolean {
  return record !== undefined && (hasPassed(record) || record.placed !== null);
}

/** Good enough for what requires it: Placed, Knows, Demonstrated, or waived by an expert (which opens, and is never evidence). */
export function isSatisfied(record: SkillRecord | undefined): boolean {
  return record !== undefined && (hasEvidence(record) || record.waived !== null);
}

/** What the skill requires and the learner has not yet. Empty when it is open by evidence. @throws Error on an unknown id. */
export function missingRequirements(state: LearnerState, graph: SkillGraph, skill: string): string[] {
  return getSkill(graph, skill).requires.filter((id) => !isSatisfied(state.skills[id]));
}

/** Open for learning: all it requires is there, or it opened before. What opened never closes. @throws Error on an unknown id. */
export function isOpen(state: LearnerState, graph: SkillGraph, skill: string): boolean {
  return state.opened.includes(skill) || missingRequirements(state, graph, skill).length === 0;
}
