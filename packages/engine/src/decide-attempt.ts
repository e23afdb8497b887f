import { pinsOf, settleCheck, type Practisable } from './decide-check.ts';
import { beliefAt } from './estimator.ts';
import type { Confidence, EventBodies, IssueFacts, NewEvent, Outcome } from './events.ts';
import { counts } from './fold-attempt.ts';
import { foldNew } from './fold.ts';
import { ancestorsOf, levelDifficulty, skillDifficulty } from './graph.ts';
import { timeOf, type Ctx } from './openings.ts';
import { reviewCredits } from './review-credit.ts';
import { FRESH_AFTER, RETAIN_FIRST_AFTER, RETAIN_SECOND_AFTER } from './rule-numbers.ts';
import { hasPassed } from './standing.ts';
import type { LearnerState, OpenIssue } from './state.ts';

/** What the caller knows of an item to be shown; the engine adds difficulty, freshness and pins. */
export type IssueInput = Omit<
  IssueFacts,
  'difficulty' | 'skillDifficulty' | 'fresh' | 'requires' | 'pins'
> & { familyHash: string };

/** An answer, graded. */
export interface AttemptInput {
  issueId: string;
  outcome: Outcome;
  confidence: Confidence | null;
  ms: number | null;
  misconception: string | null;
  answer: unknown;
  scratch: string | null;
  /** In a check: a fresh item of it is left after this one. */
  servableInCheck: boolean;
  /** A fresh variant of the family is left to practise: what a not yet may ask for. */
  practisable: Practisable;
}

/** Whether showing this variant now would be a fresh issue: never shown to this learner, or not for 90 days. `now` in epoch ms. */
export function isFresh(state: LearnerState, family: string, fingerprint: string, now: number): boolean {
  const last = state.issuedAt[family]?.[fingerprint];
  return last === undefined || now - last >= FRESH_AFTER;
}

/** Shows an item. @throws Error where a check would repeat a variant, has an unanswered item or is not the open one. */
export function issueItem(state: LearnerState, ctx: Ctx, facts: IssueInput): NewEvent[] {
  const { familyHash, ...given } = facts;
  const at = timeOf(state, ctx);
  const fresh = isFresh(state, facts.family, facts.fingerprint, at);
  if (facts.place === 'check') assertServable(state, facts, fresh);
  const pinned = facts.place === 'check' ? state.check?.skillDifficulty : undefined;
  const body: IssueFacts = {
    ...given,
    difficulty: levelDifficulty(facts.level),
    skillDifficulty: pinned ?? skillDifficulty(ctx.graph, facts.skill),
    fresh,
    ...(facts.place === 'placement' ? { requires: ancestorsOf(ctx.graph, facts.skill) } : {}),
    pins: pinsOf(state, ctx, familyHash),
  };
  return [{ type: 'item-issued', body }];
}

function assertServable(state: LearnerState, facts: IssueInput, fresh: boolean): void {
  const { check } = state;
  if (check === null || check.checkId !== facts.sessionId || check.skill !== facts.skill) {
    throw new Error(`The item belongs to no open check: ${facts.issueId}`);
  }
  if (!fresh) throw new Error(`A check serves fresh variants only: ${facts.family}/${facts.variant}`);
  const open = Object.values(state.openIssues).find((issue) => issue.sessionId === check.checkId);
  if (open) throw new Error(`The check has an unanswered item: ${open.issueId}`);
}

/**
 * Records an answer and all that follows from it by the rule, in order: the attempt, then the end of the check, a stop, what was placed
 * or opened, or retention. Appends nothing. @throws Error where the issue is not open: a repeat returns the first verdict, by the caller.
 */
export function decideAttempt(state: LearnerState, ctx: Ctx, input: AttemptInput): NewEvent[] {
  const issue = state.openIssues[input.issueId];
  if (issue === undefined) throw new Error(`The issue is not open: ${input.issueId}`);
  const at = timeOf(state, ctx);
  const attempt: NewEvent = { type: 'attempt', body: attemptBody(state, ctx, issue, input, at) };
  const after = foldNew(state, [attempt], at);
  if (issue.place === 'check' && after.check?.checkId === issue.sessionId) {
    const settled = settleCheck(after, ctx, {
      servable: input.servableInCheck,
      practisable: input.practisable,
    });
    return [attempt, ...settled];
  }
  if (issue.place === 'review') return [attempt, ...retention(state, after, ctx, attempt.body)];
  return [attempt];
}

function attemptBody(
  state: LearnerState,
  ctx: Ctx,
  issue: OpenIssue,
  input: AttemptInput,
  at: number,
): EventBodies['attempt'] {
  const { at: _shownAt, hints: _hints, aid, ...shown } = issue;
  // The estimator may have changed since the item was shown: p is of the one that decides now.
  const facts = { ...shown, pins: { ...shown.pins, estimator: state.estimator.id } };
  const { outcome, confidence, ms, misconception, answer, scratch } = input;
  const before = beliefAt(state, issue.skill, issue.skillDifficulty, at).p;
  const given = { outcome, aid, confidence, ms, misconception, answer, scratch };
  const body = {
    ...facts,
    firstTry: issue.fresh && issue.retryOf === null,
    ...given,
    p: { before, after: before, low: 0, high: 1 },
  };
  const credits = earnsCredit(body) ? reviewCredits(state, ctx.graph, issue.skill) : [];
  const after = foldNew(state, [{ type: 'attempt', body }], at);
  const { p, low, high } = beliefAt(after, issue.skill, issue.skillDifficulty, at);
  const credited = credits.length === 0 ? {} : { credits };
  return { ...body, p: { before, after: p, low, high }, ...credited };
}

/** Right, alone, the first time, and taught before: a placement asks what nobody has learned here yet. */
export function earnsCredit(
  body: Pick<EventBodies['attempt'], 'outcome' | 'place' | 'fresh' | 'firstTry' | 'aid' | 'retryOf'>,
): boolean {
  return body.outcome === 'correct' && body.place !== 'placement' && counts(body);
}

function retention(
  before: LearnerState,
  after: LearnerState,
  ctx: Ctx,
  body: EventBodies['attempt'],
): NewEvent[] {
  const first = retainedBy(before, body, timeOf(before, ctx));
  if (first === null) return [];
  const { p } = beliefAt(after, body.skill, body.skillDifficulty, timeOf(before, ctx));
  return [
    {
      type: 'retained',
      body: { skill: body.skill, first, second: body.issueId, p, pins: pinsOf(after, ctx) },
    },
  ];
}

/**
 * The earlier review with which this answer makes the skill Retained, or null. Both are correct, fresh and unaided: one at least 48 hours, a
 * later one at least 168 hours after the pass or the last miss since.
 */
export function retainedBy(before: LearnerState, body: EventBodies['attempt'], at: number): string | null {
  const record = before.skills[body.skill];
  if (body.place !== 'review' || body.outcome !== 'correct' || !counts(body)) return null;
  if (!record?.review || !hasPassed(record) || record.retainedAt !== null) return null;
  const { streakSince, firstAt, firstIssue } = record.review;
  if (streakSince === null || firstAt === null || firstIssue === null) return null;
  const delayed = firstAt - streakSince >= RETAIN_FIRST_AFTER && at - streakSince >= RETAIN_SECOND_AFTER;
  return delayed ? firstIssue : null;
}
