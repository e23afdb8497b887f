import type { Outcome } from './events.ts';
import { createCard, PLACED_REVIEW_DAYS, rateCard, type ReviewGrade } from './review.ts';
import { RETAIN_FIRST_AFTER } from './rule-numbers.ts';
import type { ReviewRecord } from './state.ts';

const DAY = 86_400_000;
const AGAIN: ReviewGrade = 1;
const HARD: ReviewGrade = 2;
const GOOD: ReviewGrade = 3;
const EASY: ReviewGrade = 4;

/** The first review of a Placed skill. It was known before, hence FSRS's *easy*, but nothing proves it: it comes within days. */
export function placedReview(at: number): ReviewRecord {
  const card = rateCard(createCard(at), at, EASY);
  return { ...untouched(card), dueAt: Math.min(card.due, at + PLACED_REVIEW_DAYS * DAY) };
}

/** Review after a check was passed: the pass is a good recall, and the retention clock starts, unless it runs already. */
export function passedReview(review: ReviewRecord | null, at: number): ReviewRecord {
  const card = rateCard(review?.card ?? createCard(at), at, GOOD);
  return {
    ...(review ? uncredited(review) : untouched(card)),
    card,
    dueAt: card.due,
    streakSince: review?.streakSince ?? at,
  };
}

/** Review after a check on a scheduled skill ended not yet: it comes back soon. */
export function failedCheckReview(review: ReviewRecord, at: number): ReviewRecord {
  const card = rateCard(review.card, at, AGAIN);
  return { ...uncredited(review), card, dueAt: card.due };
}

/**
 * Review after a right answer on a skill above this one, worth `weight` (0..1) of a review: due not before that share of the interval that a
 * *good* review now would give. The card, and the times of Retained, stay. However much is credited, the skill itself is asked at the latest
 * after twice its interval; a missed review is never cleared.
 */
export function creditedReview(review: ReviewRecord, weight: number, at: number): ReviewRecord {
  const { card } = review;
  if (review.missed || card.last === null || at < card.last) return review;
  const share = at + Math.round(rateCard(card, at, GOOD).interval * weight * DAY);
  const dueAt = Math.min(share, card.due + card.interval * DAY);
  return dueAt <= review.dueAt ? review : { ...review, dueAt, credited: dueAt - card.due };
}

/** One review answered. */
export interface ReviewAnswer {
  issueId: string;
  outcome: Outcome;
  /** Without help from Edirae. */
  unaided: boolean;
  /** Fresh, first try, unaided: may count towards Retained. */
  counts: boolean;
  at: number;
}

/** Review after a review was answered. A miss restarts both times of Retained; a right answer that had help only reschedules. */
export function answeredReview(review: ReviewRecord, answer: ReviewAnswer): ReviewRecord {
  const { at } = answer;
  if (answer.outcome !== 'correct') {
    const card = rateCard(review.card, at, AGAIN);
    return {
      ...uncredited(missed(review, answer.issueId, at)),
      card,
      dueAt: card.due,
      missed: true,
      lastAt: at,
      lastMissAt: at,
    };
  }
  const card = rateCard(review.card, at, answer.unaided ? GOOD : HARD);
  const first = answer.counts && review.firstAt === null && isFirstDelay(review, at);
  return {
    ...uncredited(review),
    card,
    dueAt: card.due,
    firstAt: first ? at : review.firstAt,
    firstIssue: first ? answer.issueId : review.firstIssue,
    missed: answer.unaided ? false : review.missed,
    lastAt: at,
  };
}

/** A miss in a review or a check after the pass: both times of Retained start again from it. */
export function missed(review: ReviewRecord, issueId: string, at: number): ReviewRecord {
  const { card, dueAt, credited, streakSince, firstAt, firstIssue } = review;
  return {
    ...review,
    streakSince: streakSince === null ? null : at,
    firstAt: null,
    firstIssue: null,
    undo: {
      issueId,
      card,
      dueAt,
      ...(credited === undefined ? {} : { credited }),
      streakSince,
      firstAt,
      firstIssue,
      missed: review.missed,
    },
  };
}

/** The review as if that miss had not been; null if it was not the last one. A right answer given since keeps its schedule. */
export function withoutMiss(review: ReviewRecord, issueId: string): ReviewRecord | null {
  const { undo } = review;
  if (undo === null || undo.issueId !== issueId) return null;
  const latest = review.lastAt === review.lastMissAt;
  const credited = latest ? undo.credited : review.credited;
  return {
    ...uncredited(review),
    ...(credited === undefined ? {} : { credited }),
    card: latest ? undo.card : review.card,
    dueAt: latest ? undo.dueAt : review.dueAt,
    streakSince: undo.streakSince,
    firstAt: undo.firstAt ?? review.firstAt,
    firstIssue: undo.firstIssue ?? review.firstIssue,
    missed: latest ? undo.missed : review.missed,
    undo: null,
  };
}

/** Without what was credited: a card that was rated anew says itself when it is due. */
function uncredited(review: ReviewRecord): ReviewRecord {
  const { credited: _gone, ...rest } = review;
  return rest;
}

function isFirstDelay(review: ReviewRecord, at: number): boolean {
  return review.streakSince !== null && at - review.streakSince >= RETAIN_FIRST_AFTER;
}

function untouched(card: ReviewRecord['card']): ReviewRecord {
  return {
    card,
    dueAt: card.due,
    streakSince: null,
    firstAt: null,
    firstIssue: null,
    lastAt: null,
    lastMissAt: null,
    missed: false,
    undo: null,
  };
}
