import { own, ownSkill, type Draft } from './draft.ts';
import { getEstimator } from './estimator.ts';
import type { EventBodies } from './events.ts';
import { withoutMiss } from './review-record.ts';
import { CHECK_MISSES } from './rule-numbers.ts';
import { hasPassed } from './standing.ts';
import type { SkillRecord } from './state.ts';

/** A retracted item: its misses stop counting, passes stand, marked, and a confirming item comes with the next review. */
export function foldRetraction(draft: Draft, body: EventBodies['item-retracted']): void {
  const gone = new Set(body.issues);
  forgetInSessions(draft, gone);
  for (const id of body.issues) if (id in draft.state.openIssues) delete own(draft, 'openIssues')[id];
  for (const [skill, record] of Object.entries(draft.state.skills)) {
    const owes = body.variant === null && record.mend?.families.includes(body.family) === true;
    if (owes || touches(record, gone))
      forgive(draft, ownSkill(draft, skill), skill, gone, owes ? body.family : null);
  }
  for (const skill of body.confirm) {
    const record = ownSkill(draft, skill);
    record.marked = true;
    record.confirmDue = true;
  }
}

function forgetInSessions(draft: Draft, gone: ReadonlySet<string>): void {
  const { check, placement } = draft.state;
  const stays = (answer: { issueId: string; outcome: string }): boolean =>
    answer.outcome === 'correct' || !gone.has(answer.issueId);
  if (check) draft.state.check = { ...check, answers: check.answers.filter(stays) };
  if (placement) draft.state.placement = { ...placement, answers: placement.answers.filter(stays) };
}

function touches(record: SkillRecord, gone: ReadonlySet<string>): boolean {
  return (
    record.recent.some((answer) => gone.has(answer.issueId)) ||
    gone.has(record.placedLost?.issueId ?? '') ||
    gone.has(record.review?.undo?.issueId ?? '') ||
    record.checks.notYets.some((ended) => ended.misses.some((miss) => gone.has(miss.issueId)))
  );
}

function forgive(
  draft: Draft,
  record: SkillRecord,
  skill: string,
  gone: ReadonlySet<string>,
  family: string | null,
): void {
  takeBackEvidence(draft, record, skill, gone);
  if (record.placedLost !== null && gone.has(record.placedLost.issueId)) giveBackPlaced(record);
  for (const id of gone) if (record.review) record.review = withoutMiss(record.review, id) ?? record.review;
  forgetNotYets(record, gone);
  if (family !== null && record.mend) {
    record.mend = { ...record.mend, families: record.mend.families.filter((owed) => owed !== family) };
  }
}

/** Only the last answers carry a trace; an older miss has been outweighed by what came after it. */
function takeBackEvidence(draft: Draft, record: SkillRecord, skill: string, gone: ReadonlySet<string>): void {
  const estimator = getEstimator(draft.state.estimator.id);
  let { state } = draft.state.estimator;
  for (const answer of record.recent) {
    if (answer.trace && gone.has(answer.issueId)) state = estimator.retract(state, skill, answer.trace);
  }
  draft.state.estimator = { id: estimator.id, state };
  record.recent = record.recent.map((answer) => {
    if (!answer.trace || !gone.has(answer.issueId)) return answer;
    const { trace: _taken, ...rest } = answer;
    return rest;
  });
}

function giveBackPlaced(record: SkillRecord): void {
  const lost = record.placedLost;
  if (lost === null) return;
  record.placedLost = null;
  if (hasPassed(record)) return;
  record.placed = lost.placed;
  record.review ??= lost.review;
}

/** A not yet that rested on its second miss falls with it: the next check is free, and a stop that it caused is lifted. */
function forgetNotYets(record: SkillRecord, gone: ReadonlySet<string>): void {
  const { checks } = record;
  const left = checks.notYets.map((ended) => ({
    ...ended,
    misses: ended.misses.filter((miss) => !gone.has(miss.issueId)),
  }));
  const stands = left.filter((ended) => ended.misses.length >= neededBy(ended.reason));
  const fallen = left.length - stands.length;
  const last = checks.notYets.at(-1);
  const lastFell = last !== undefined && stands.at(-1)?.checkId !== last.checkId;
  if (fallen === 0) {
    record.checks = { ...checks, notYets: left };
    return;
  }
  // A stop has set the row to 0; without the stop the row is what still stands of it.
  const row = checks.notYetInARow === 0 ? stands.length : checks.notYetInARow - fallen;
  record.checks = { ...checks, notYetInARow: row, notYets: stands };
  record.stopUntil = null;
  record.stopPropose = null;
  if (lastFell) record.mend = null;
}

/** Misses without which a check would not have ended as it did. */
function neededBy(reason: string): number {
  if (reason === 'second-miss') return CHECK_MISSES;
  return reason === 'left' || reason === 'expired' ? 1 : 0;
}
