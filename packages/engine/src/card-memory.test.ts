import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEmptyCard, fsrs, type Grade } from 'ts-fsrs';
import {
  adoptCard,
  ASK_AGAIN_AFTER,
  foldGrades,
  gradeCard,
  isLeech,
  reschedule,
  type CardGrade,
} from './card-memory.ts';
import type { ReviewCard, ReviewGrade } from './review.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 5, 9);
const grade = (id: string, days: number, given: ReviewGrade): CardGrade => ({
  id,
  at: START + days * DAY,
  grade: given,
});

describe('the memory of a flashcard', () => {
  it('is the same in whatever order the grades arrive', () => {
    const grades = fc.array(
      fc.record({
        days: fc.double({ min: 0, max: 400, noNaN: true }),
        given: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(grades, (list) => {
        const given = list.map(({ days, given }, n) =>
          grade(`g${n}`, Math.round(days), given as ReviewGrade),
        );
        const mixed = [...given].reverse();
        expect(foldGrades(mixed, 0.9)).toEqual(foldGrades(given, 0.9));
      }),
    );
  });

  it('asks again after ten minutes what was not recalled, and keeps FSRS’s own interval for after that', () => {
    const { card, dueAt } = gradeCard(null, START, 1, 0.9);
    expect(dueAt).toBe(START + ASK_AGAIN_AFTER);
    expect(card.due).toBeGreaterThanOrEqual(START + DAY);
    const next = gradeCard(card, dueAt, 3, 0.9);
    expect(next.dueAt).toBeGreaterThanOrEqual(dueAt + DAY);
  });

  it.each([0.8, 0.85, 0.95, 0.97])('aims at the share asked for, as ts-fsrs does: %d', (retention) => {
    const theirs = fsrs({ request_retention: retention, enable_fuzz: false, enable_short_term: false });
    let reference = createEmptyCard(new Date(START));
    let card: ReviewCard | null = null;
    let at = START;
    for (const given of [3, 3, 2, 4, 3]) {
      reference = theirs.next(reference, new Date(at), given as Grade).card;
      const ours = gradeCard(card, at, given as ReviewGrade, retention);
      expect(ours.card.stability).toBe(reference.stability);
      expect(ours.dueAt).toBe(reference.due.getTime());
      card = ours.card;
      at = reference.due.getTime();
    }
  });

  it('keeps what is remembered when the target changes, and moves only the date', () => {
    const first = foldGrades([grade('a', 0, 3), grade('b', 3, 3), grade('c', 12, 3)], 0.9);
    if (first === null) throw new Error('nothing was graded');
    const safer = reschedule(first, 0.95);
    expect(safer.card.stability).toBe(first.card.stability);
    expect(safer.dueAt).toBeLessThan(first.dueAt);
    expect(Math.abs(reschedule(safer, 0.9).card.interval - first.card.interval)).toBeLessThanOrEqual(1);
  });

  it('goes on from a schedule that something else made', () => {
    const base = adoptCard({ stability: 40, difficulty: 5, interval: 36, last: START, reps: 6, lapses: 1 });
    expect(foldGrades([], 0.9, base)?.dueAt).toBe(START + 36 * DAY);
    const next = foldGrades([grade('a', 36, 3)], 0.9, base);
    expect(next?.card.stability).toBeGreaterThan(40);
    expect(next?.card.reps).toBe(7);
  });

  it('calls a card a leech once it was forgotten six times', () => {
    let schedule = gradeCard(null, START, 3, 0.9);
    for (let n = 0; n < 6; n++) {
      expect(isLeech(schedule.card)).toBe(false);
      schedule = gradeCard(schedule.card, START + (n + 1) * 5 * DAY, 1, 0.9);
    }
    expect(isLeech(schedule.card)).toBe(true);
  });
});
