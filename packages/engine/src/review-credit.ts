import type { ReviewCredit } from './events.ts';
import type { SkillGraph } from './graph.ts';
import { hasPassed } from './standing.ts';
import type { LearnerState, SkillRecord } from './state.ts';

/**
 * What a right answer is worth as a review of the skills beneath it, by steps of `requires`: half a review of what the skill requires, a
 * quarter of what that requires, nothing further down. Judgement: a later skill uses what it requires in part, and less with each step.
 */
const WEIGHT_BY_STEP: readonly number[] = [0.5, 0.25];

/** The largest weight that a credit can have. */
export const MOST_CREDIT = Math.max(...WEIGHT_BY_STEP);

/** Whether credit can postpone this skill's review: passed, scheduled, and owing neither a missed review nor a confirming item. */
export function takesCredit(record: SkillRecord | undefined): record is SkillRecord {
  return (
    hasPassed(record) &&
    record !== undefined &&
    record.review !== null &&
    !record.review.missed &&
    !record.confirmDue
  );
}

/**
 * The skills that a right answer on `skill` is part of a review of, with weights 0..1, in the order of steps. Where several ways lead to
 * a skill the shortest counts. Only skills that can take credit now; empty for an unknown id.
 */
export function reviewCredits(state: LearnerState, graph: SkillGraph, skill: string): ReviewCredit[] {
  const seen = new Set([skill]);
  const credits: ReviewCredit[] = [];
  let step = [skill];
  for (const weight of WEIGHT_BY_STEP) {
    const beneath = step.flatMap((id) => graph.skills.get(id)?.requires ?? []).filter((id) => !seen.has(id));
    step = [...new Set(beneath)];
    for (const id of step) {
      seen.add(id);
      if (takesCredit(state.skills[id])) credits.push({ skill: id, weight });
    }
  }
  return credits;
}
