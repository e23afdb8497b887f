import { listDueReviews, type LearnerState, type SkillGraph } from '@edirae/engine';

/** Skills due for review now, and when the next one falls due. */
export function reviewsDue(
  graph: SkillGraph,
  state: LearnerState,
  now: number,
): { skills: number; nextAt: number | null } {
  const due = listDueReviews(state, graph, now);
  const later = Object.entries(state.skills).flatMap(([id, { review }]) =>
    review && !due.includes(id) ? [review.dueAt] : [],
  );
  return { skills: due.length, nextAt: later.length > 0 ? Math.min(...later) : null };
}
