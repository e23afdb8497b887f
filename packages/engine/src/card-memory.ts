import { createCard, intervalFor, rateCard, type ReviewCard, type ReviewGrade } from './review.ts';

/** A flashcard graded *again* is asked once more after this long, in milliseconds: Anki's usual relearning step. */
export const ASK_AGAIN_AFTER = 10 * 60_000;

/** Lapses after which a card is a leech: Anki warns at eight, we point back to the lesson a little sooner. */
export const LEECH_LAPSES = 6;

/** What a learner may aim for, as a share of cards recalled when they fall due. Under .8 cards are mostly relearned, over .97 they return almost daily. */
export const RETENTION_RANGE = { least: 0.8, usual: 0.9, most: 0.97 } as const;

const DAY = 86_400_000;

/** One grade given to a flashcard. Its time is the device's, and serves the schedule alone. */
export interface CardGrade {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  grade: ReviewGrade;
}

/** A flashcard's schedule: FSRS's memory of it, and when it is asked next. */
export interface CardSchedule {
  card: ReviewCard;
  /** Epoch milliseconds. After *again* it comes sooner than the interval says. */
  dueAt: number;
}

/**
 * The schedule that follows from all grades of a card, in whatever order they arrived: they are ordered by time, then by id, so that two
 * devices which were offline end at the same schedule.
 * @param base what was known before the first grade; left out: nothing
 * @param retention the share to be recalled when due, within {@link RETENTION_RANGE}
 */
export function foldGrades(
  grades: readonly CardGrade[],
  retention: number,
  base?: ReviewCard,
): CardSchedule | null {
  let schedule: CardSchedule | null = base === undefined ? null : { card: base, dueAt: base.due };
  for (const { at, grade } of [...grades].sort(byTime))
    schedule = gradeCard(schedule?.card ?? null, at, grade, retention);
  return schedule;
}

/** The schedule after one grade at `at` (epoch ms); `card` is null before the first. */
export function gradeCard(
  card: ReviewCard | null,
  at: number,
  grade: ReviewGrade,
  retention: number,
): CardSchedule {
  const rated = rateCard(card ?? createCard(at), at, grade, retention);
  return { card: rated, dueAt: grade === 1 ? at + ASK_AGAIN_AFTER : rated.due };
}

/** The same memory with the interval that another target asks for. A card that waits to be asked again goes on waiting. */
export function reschedule(schedule: CardSchedule, retention: number): CardSchedule {
  const { card: known } = schedule;
  if (known.last === null) return schedule;
  const waits = schedule.dueAt < known.due;
  const interval = intervalFor(known.stability, retention);
  const card = { ...known, interval, due: known.last + interval * DAY };
  return { card, dueAt: waits ? Math.min(schedule.dueAt, card.due) : card.due };
}

/** A card that something else scheduled, as FSRS would remember it. @param interval days */
export function adoptCard(known: {
  stability: number;
  difficulty: number;
  interval: number;
  last: number;
  reps: number;
  lapses: number;
}): ReviewCard {
  const { stability, difficulty, interval, last, reps, lapses } = known;
  return {
    due: last + interval * DAY,
    stability: Math.min(36_500, Math.max(0.1, stability)),
    difficulty: Math.min(10, Math.max(1, difficulty)),
    interval,
    reps,
    lapses,
    state: 2,
    last,
  };
}

/** True for a card that keeps being forgotten: another look at the lesson serves more than another repetition. */
export function isLeech(card: Pick<ReviewCard, 'lapses'>): boolean {
  return card.lapses >= LEECH_LAPSES;
}

function byTime(a: CardGrade, b: CardGrade): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}
