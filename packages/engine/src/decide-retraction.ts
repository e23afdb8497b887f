import type { NewEvent, Outcome } from './events.ts';
import type { Ctx } from './openings.ts';
import type { LearnerState } from './state.ts';

/** One of the learner's issues of a retracted item; `outcome` is null where it was never answered. */
export interface RetractedIssue {
  issueId: string;
  skill: string;
  outcome: Outcome | null;
  /** The check it was served in, if any. */
  checkId: string | null;
}

/**
 * Corrects a learner's record after a family, or one variant of it, was retracted: open issues of it are void, its misses stop counting,
 * passes that rested on it stand, marked, and a confirming item comes with the next review. No event where this learner never met it.
 */
export function retractItem(
  state: LearnerState,
  _ctx: Ctx,
  item: { family: string; variant: string | null; reason: string },
  issuesOfLearner: readonly RetractedIssue[],
): NewEvent[] {
  const open = Object.values(state.openIssues).filter(
    (issue) => issue.family === item.family && (item.variant === null || issue.variant === item.variant),
  );
  const issues = [
    ...new Set([...issuesOfLearner.map((issue) => issue.issueId), ...open.map((issue) => issue.issueId)]),
  ];
  const owed = Object.values(state.skills).some(
    (record) => record.mend?.families.includes(item.family) === true,
  );
  if (issues.length === 0 && !owed) return [];
  const confirm = [
    ...new Set(issuesOfLearner.filter((issue) => restsOn(state, issue)).map((issue) => issue.skill)),
  ];
  const voided = open.map(
    ({ issueId }) => ({ type: 'issue-voided', body: { issueId, reason: 'retracted' } }) as const,
  );
  return [...voided, { type: 'item-retracted', body: { ...item, issues, confirm } }];
}

/** The pass of the skill rested on this answer. */
function restsOn(state: LearnerState, issue: RetractedIssue): boolean {
  const passedIn = state.skills[issue.skill]?.passedIn ?? null;
  return passedIn !== null && issue.checkId === passedIn && issue.outcome === 'correct';
}
