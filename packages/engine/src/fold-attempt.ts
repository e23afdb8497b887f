import { own, ownSkill, type Draft } from './draft.ts';
import { getEstimator, type Observation } from './estimator.ts';
import type { EventBodies } from './events.ts';
import { answeredReview, creditedReview, missed } from './review-record.ts';
import { takesCredit } from './review-credit.ts';
import { MEND_ANSWERS } from './rule-numbers.ts';
import { hasPassed } from './standing.ts';
import { RECENT_KEPT, type RecentAnswer, type SkillRecord } from './state.ts';

type Attempt = EventBodies['attempt'];

/** An answer moves the estimate, and what its place lets it move: nothing outside a check reaches the check's answers. */
export function foldAttempt(draft: Draft, body: Attempt, at: number): void {
  if (body.issueId in draft.state.openIssues) delete own(draft, 'openIssues')[body.issueId];
  const trace = observe(draft, body, at);
  const record = ownSkill(draft, body.skill);
  record.attempts += 1;
  record.practisedAt ??= at;
  record.lastAt = at;
  record.recent = [...record.recent, recentOf(body, at, trace)].slice(-RECENT_KEPT);
  count(draft, body);
  if (body.place === 'practice') mend(record, body);
  if (body.place === 'check') answerCheck(draft, record, body, at);
  if (body.place === 'placement') answerPlacement(draft, body, at);
  if (body.place === 'review') answerReview(draft, record, body, at);
  credit(draft, body, at);
}

/** Fresh, unaided, first try: the only answers that decide anything. */
export function counts(body: Pick<Attempt, 'fresh' | 'firstTry' | 'aid' | 'retryOf'>): boolean {
  return body.fresh && body.firstTry && body.aid === 'none' && body.retryOf === null;
}

function observe(draft: Draft, body: Attempt, at: number): number[] {
  const { state } = draft;
  const pinned = getEstimator(body.pins.estimator);
  // A guest's answers, taken over, may be pinned to another estimator: the account's own takes them in.
  const begun = draft.imagined !== null || state.estimator.id === pinned.id || state.tally.attempts > 0;
  const estimator = begun ? getEstimator(state.estimator.id) : pinned;
  const before = begun ? state.estimator.state : estimator.initial();
  const after = estimator.observe(before, observationOf(body, at));
  state.estimator = { id: estimator.id, state: after };
  return estimator.trace(before, after, body.skill);
}

/** An attempt as an estimator sees it. `at` in epoch ms. */
export function observationOf(body: Attempt, at: number): Observation {
  const { skill, family, difficulty, skillDifficulty, outcome, aid, requires = [] } = body;
  const retry = !body.firstTry;
  return { skill, family, difficulty, skillDifficulty, outcome, aid, retry, implies: requires, at };
}

function recentOf(body: Attempt, at: number, trace: number[]): RecentAnswer {
  const { issueId, place, family, variant, outcome, aid, firstTry, level } = body;
  const kept = { issueId, at, place, family, variant, outcome, aid, firstTry, level };
  return outcome === 'correct' ? kept : { ...kept, trace };
}

function count(draft: Draft, body: Attempt): void {
  const { state } = draft;
  const unaided = body.aid === 'none';
  state.tally = {
    ...state.tally,
    attempts: state.tally.attempts + 1,
    unaided: state.tally.unaided + (unaided ? 1 : 0),
    aided: state.tally.aided + (unaided ? 0 : 1),
  };
  if (!body.firstTry) return;
  const right = body.outcome === 'correct' ? 1 : 0;
  if (body.place !== 'placement') {
    const help = unaided ? 'alone' : 'aided';
    const { n, correct } = state.firstTries[help];
    state.firstTries = { ...state.firstTries, [help]: { n: n + 1, correct: correct + right } };
  }
  if (body.confidence === null) return;
  const key = `${body.confidence}` as const;
  const { n, correct } = state.calibration[key];
  state.calibration = {
    ...state.calibration,
    [key]: { n: n + 1, correct: correct + right },
  };
}

function mend(record: SkillRecord, body: Attempt): void {
  if (record.mend === null || body.outcome !== 'correct' || !counts(body)) return;
  record.mend = {
    correct: Math.min(MEND_ANSWERS, record.mend.correct + 1),
    families: record.mend.families.filter((family) => family !== body.family),
  };
}

function answerCheck(draft: Draft, record: SkillRecord, body: Attempt, at: number): void {
  const { check } = draft.state;
  if (check === null || check.checkId !== body.sessionId || check.skill !== body.skill) return;
  const { issueId, family, variant, kind, level, outcome, misconception } = body;
  const answer = { issueId, family, variant, kind, level, outcome, counts: counts(body), misconception, at };
  draft.state.check = { ...check, lastAnswerAt: at, answers: [...check.answers, answer] };
  if (outcome === 'correct') return;
  losePlaced(record, issueId, at);
  if (record.review && hasPassed(record)) record.review = missed(record.review, issueId, at);
}

function answerPlacement(draft: Draft, body: Attempt, at: number): void {
  const { placement } = draft.state;
  if (placement === null || placement.placementId !== body.sessionId) return;
  const { issueId, skill, family, outcome } = body;
  const answer = { issueId, skill, family, outcome, requires: body.requires ?? [], at };
  draft.state.placement = { ...placement, lastAnswerAt: at, answers: [...placement.answers, answer] };
}

function answerReview(draft: Draft, record: SkillRecord, body: Attempt, at: number): void {
  draft.state.lastReviewSkill = body.skill;
  const { issueId, outcome } = body;
  if (outcome !== 'correct') losePlaced(record, issueId, at);
  if (record.review === null) return;
  const answer = { issueId, outcome, unaided: body.aid === 'none', counts: counts(body), at };
  record.review = answeredReview(record.review, answer);
  if (outcome === 'correct' && answer.counts) record.confirmDue = false;
}

/** What the answer reviewed in part, as the ledger says it: never a step to Retained, never the end of a missed review. */
function credit(draft: Draft, body: Attempt, at: number): void {
  for (const { skill, weight } of body.credits ?? []) {
    const found = draft.state.skills[skill];
    if (skill === body.skill || !takesCredit(found) || found.review === null) continue;
    const review = creditedReview(found.review, weight, at);
    if (review !== found.review) ownSkill(draft, skill).review = review;
  }
}

/** A miss in check or review makes a Placed skill Practising again. One that was passed keeps what it has. */
function losePlaced(record: SkillRecord, issueId: string, at: number): void {
  if (record.placed === null || hasPassed(record)) return;
  record.placedLost = { at, issueId, placed: record.placed, review: record.review };
  record.placed = null;
  record.review = null;
}
