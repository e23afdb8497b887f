import { ownSkill, type Draft } from './draft.ts';
import type { EventBodies } from './events.ts';
import { owedPractice } from './gate.ts';
import { failedCheckReview, passedReview } from './review-record.ts';
import { STOP_AFTER } from './rule-numbers.ts';
import { hasPassed } from './standing.ts';
import type { NotYet, SkillRecord } from './state.ts';

type Ended = EventBodies['check-ended'];

/** The end of a check: the only event that gives Knows or Demonstrated. */
export function foldCheckEnded(draft: Draft, body: Ended, at: number): void {
  const { check } = draft.state;
  if (check === null || check.checkId !== body.checkId) return;
  draft.state.check = null;
  const record = ownSkill(draft, body.skill);
  record.checks = { ...record.checks, lastOutcome: body.outcome, lastCheckId: body.checkId, lastEndedAt: at };
  if (body.outcome === 'passed' && !isBypass(draft, record, at))
    pass(record, check.leadsTo, body.checkId, at);
  if (body.outcome !== 'not-yet') return;
  const misses = check.answers
    .filter((answer) => answer.outcome !== 'correct')
    .map(({ issueId, family }) => ({ issueId, family }));
  notYet(record, { checkId: body.checkId, reason: body.reason, misses }, body.mend, at);
}

/**
 * A pass taken as a guest while this account owed practice on the skill, or rested from it after three not-yets, is evidence and no
 * more: signing in with it is no way round the gate.
 */
function isBypass(draft: Draft, record: SkillRecord, at: number): boolean {
  if (!draft.isAdopting) return false;
  const isResting = record.stopUntil !== null && at < record.stopUntil;
  return isResting || owedPractice(record, () => false).remaining > 0;
}

function pass(record: SkillRecord, leadsTo: 'knows' | 'demonstrated', checkId: string, at: number): void {
  if (leadsTo === 'knows') record.knowsAt ??= at;
  else record.demonstratedAt ??= at;
  record.passedIn ??= checkId;
  record.checks = { ...record.checks, notYetInARow: 0, notYets: [] };
  record.mend = null;
  record.stopUntil = null;
  record.stopPropose = null;
  record.review = passedReview(record.review, at);
}

function notYet(record: SkillRecord, ended: NotYet, mend: string[], at: number): void {
  const { notYetInARow, notYets } = record.checks;
  const row = notYetInARow === 0 ? [ended] : [...notYets, ended].slice(-STOP_AFTER);
  record.checks = { ...record.checks, notYetInARow: notYetInARow + 1, notYets: row };
  record.mend = { correct: 0, families: mend };
  if (record.review && hasPassed(record)) record.review = failedCheckReview(record.review, at);
}

/** Two delayed reviews were right. The date stays for ever. */
export function foldRetained(draft: Draft, body: EventBodies['retained'], at: number): void {
  ownSkill(draft, body.skill).retainedAt ??= at;
}
