import type { SkillGraph } from './graph.ts';
import { reviewCredits } from './review-credit.ts';
import { isRefreshDue } from './review.ts';
import { hasEvidence } from './standing.ts';
import type { LearnerState, SkillRecord } from './state.ts';

/** Skills whose review is due at `now` (epoch ms): scheduled, refresh due, or owing a confirming item. Longest due first. */
export function listDueReviews(state: LearnerState, graph: SkillGraph, now: number): string[] {
  return reviewable(state, graph)
    .filter(({ record }) => isDue(record, now))
    .sort((a, b) => dueAt(a.record) - dueAt(b.record) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/**
 * The skill to review next; null where none is due. Of those due, the one whose right answer would also serve most of the others, then the
 * one due longest; a confirming item goes before all. Never the one reviewed last while there is another, so that reviews are mixed: where only
 * that one is due, another scheduled skill, the one due soonest, comes between.
 */
export function chooseReviewSkill(state: LearnerState, graph: SkillGraph, now: number): string | null {
  const due = listDueReviews(state, graph, now);
  const other = mostServing(
    state,
    graph,
    due.filter((id) => id !== state.lastReviewSkill),
    due,
  );
  if (other !== undefined || due.length === 0) return other ?? null;
  const between = reviewable(state, graph)
    .filter(({ id }) => id !== state.lastReviewSkill)
    .sort((a, b) => dueAt(a.record) - dueAt(b.record) || (a.id < b.id ? -1 : 1))[0];
  return between?.id ?? due[0] ?? null;
}

/** Of `ids` (longest due first), the one that reviews most of `due` in part; the first of equals. */
function mostServing(
  state: LearnerState,
  graph: SkillGraph,
  ids: readonly string[],
  due: readonly string[],
): string | undefined {
  let best: { id: string; served: number } | undefined;
  for (const id of ids) {
    if (state.skills[id]?.confirmDue === true) return id;
    const served = reviewCredits(state, graph, id).filter(({ skill }) => due.includes(skill)).length;
    if (best === undefined || served > best.served) best = { id, served };
  }
  return best?.id;
}

function reviewable(state: LearnerState, graph: SkillGraph): { id: string; record: SkillRecord }[] {
  return Object.entries(state.skills)
    .map(([id, record]) => ({ id, record }))
    .filter(({ id, record }) => record.review !== null && hasEvidence(record) && isServable(graph, id));
}

function isServable(graph: SkillGraph, id: string): boolean {
  const node = graph.skills.get(id);
  return node !== undefined && node.written && node.families.some((family) => family.use === 'any');
}

function isDue(record: SkillRecord, now: number): boolean {
  return dueAt(record) <= now || isRefreshDue(record, now);
}

/** A confirming item and a missed review come first. */
function dueAt(record: SkillRecord): number {
  if (record.confirmDue) return 0;
  return record.review?.dueAt ?? Number.POSITIVE_INFINITY;
}
