import { createEmptyCard, forgetting_curve, fsrs, type Card, type FSRS, type Grade } from 'ts-fsrs';
import type { SkillRecord } from './state.ts';

/** Refresh is due when predicted recall falls under this. FSRS's default target, and the mastery rule's. */
export const RECALL_TARGET = 0.9;

const DAY = 86_400_000;

/** Days after which a Placed skill is reviewed first. The rule says within 7; five leave two to come back in. */
export const PLACED_REVIEW_DAYS = 5;

/** 1 again, 2 hard, 3 good, 4 easy. */
export type ReviewGrade = 1 | 2 | 3 | 4;

/** An FSRS card as plain JSON. Times are epoch milliseconds; stability is in days, difficulty 1 to 10. */
export interface ReviewCard {
  due: number;
  stability: number;
  difficulty: number;
  /** Days until due, as scheduled. */
  interval: number;
  reps: number;
  lapses: number;
  /** FSRS's state: 0 new, 2 review. */
  state: 0 | 1 | 2 | 3;
  last: number | null;
}

// Default parameters (ts-fsrs 5.4, FSRS-6), as measured in the learner model's notes. No fuzz: a replay must give the same dates. No
// minute-long steps: a skill comes back after a day at the earliest.
const SCHEDULER = createScheduler(RECALL_TARGET);
const others = new Map<number, FSRS>();

function createScheduler(retention: number): FSRS {
  return fsrs({
    request_retention: retention,
    enable_fuzz: false,
    enable_short_term: false,
    maximum_interval: 36_500,
  });
}

function schedulerFor(retention: number): FSRS {
  if (retention === RECALL_TARGET) return SCHEDULER;
  const known = others.get(retention) ?? createScheduler(retention);
  others.set(retention, known);
  return known;
}

/** A card never reviewed, due at once. */
export function createCard(now: number): ReviewCard {
  return fromFsrs(createEmptyCard(new Date(now)));
}

/**
 * The card after a review at `now` (epoch ms, not before the last review). Pure and without chance.
 * @param retention the chance of recall at which it falls due; it moves the date and never what is remembered
 */
export function rateCard(
  card: ReviewCard,
  now: number,
  grade: ReviewGrade,
  retention: number = RECALL_TARGET,
): ReviewCard {
  const at = Math.max(now, card.last ?? now);
  return fromFsrs(schedulerFor(retention).next(toFsrs(card), new Date(at), grade as Grade).card);
}

/** Days from a review until recall falls to `retention`, at the stability (days) that it left. */
export function intervalFor(stability: number, retention: number): number {
  return schedulerFor(retention).next_interval(stability, 0);
}

/** The chance, 0 to 1, of recalling the card at `now`; null before the first review. Decides when something comes back, never mastery. */
export function recallOf(card: ReviewCard, now: number): number | null {
  if (card.last === null || card.stability <= 0) return null;
  return forgetting_curve(SCHEDULER.parameters.w, Math.max(0, now - card.last) / DAY, card.stability);
}

/** Predicted recall of the skill at `now`, 0 to 1, as if it had been rated later by what was credited; null where no review is scheduled. */
export function predictedRecall(record: SkillRecord | undefined, now: number): number | null {
  return record?.review ? recallOf(record.review.card, now - (record.review.credited ?? 0)) : null;
}

/** The flag *refresh due*: predicted recall under the target, or a missed review that no correct one has followed. */
export function isRefreshDue(record: SkillRecord | undefined, now: number): boolean {
  if (!record?.review) return false;
  const recall = predictedRecall(record, now);
  return record.review.missed || (recall !== null && recall < RECALL_TARGET);
}

function toFsrs(card: ReviewCard): Card {
  return {
    due: new Date(card.due),
    stability: card.stability,
    difficulty: card.difficulty,
    elapsed_days: 0,
    scheduled_days: card.interval,
    learning_steps: 0,
    reps: card.reps,
    lapses: card.lapses,
    state: card.state,
    ...(card.last === null ? {} : { last_review: new Date(card.last) }),
  };
}

function fromFsrs(card: Card): ReviewCard {
  return {
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    interval: card.scheduled_days,
    reps: card.reps,
    lapses: card.lapses,
    state: card.state,
    last: card.last_review ? card.last_review.getTime() : null,
  };
}
