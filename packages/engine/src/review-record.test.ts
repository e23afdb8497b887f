import { describe, expect, test } from 'vitest';
import {
  answeredReview,
  failedCheckReview,
  missed,
  passedReview,
  placedReview,
  withoutMiss,
  type ReviewAnswer,
} from './review-record.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 2, 1, 9);

const answer = (hours: number, rest: Partial<ReviewAnswer> = {}): ReviewAnswer => ({
  issueId: `at-${hours}`,
  outcome: 'correct',
  unaided: true,
  counts: true,
  at: T0 + hours * HOUR,
  ...rest,
});

const passed = () => passedReview(null, T0);

describe('the first delayed review', () => {
  test('is noted from 48 hours on', () => {
    expect(answeredReview(passed(), answer(47)).firstAt).toBeNull();
    expect(answeredReview(passed(), answer(48))).toMatchObject({
      firstAt: T0 + 48 * HOUR,
      firstIssue: 'at-48',
    });
  });

  test('stays the first when another follows', () => {
    const once = answeredReview(passed(), answer(48));
    expect(answeredReview(once, answer(100))).toMatchObject({ firstIssue: 'at-48', lastAt: T0 + 100 * HOUR });
  });

  test('is not noted where the answer does not count', () => {
    expect(answeredReview(passed(), answer(48, { counts: false })).firstAt).toBeNull();
  });

  test('is not noted for a skill that is only Placed', () => {
    expect(answeredReview(placedReview(T0), answer(100)).firstAt).toBeNull();
  });
});

describe('a miss', () => {
  const miss = (hours: number): ReviewAnswer => answer(hours, { outcome: 'incorrect' });

  test('restarts both times from itself', () => {
    const once = answeredReview(passed(), answer(48));
    expect(answeredReview(once, miss(60))).toMatchObject({
      streakSince: T0 + 60 * HOUR,
      firstAt: null,
      firstIssue: null,
      missed: true,
      lastMissAt: T0 + 60 * HOUR,
    });
  });

  test('starts no times for a skill that was not passed', () => {
    expect(missed(placedReview(T0), 'i', T0 + HOUR).streakSince).toBeNull();
  });

  test('brings the skill back sooner than a right answer would', () => {
    const right = answeredReview(passed(), answer(48)).dueAt;
    expect(answeredReview(passed(), miss(48)).dueAt).toBeLessThan(right);
  });

  test('of "I don’t know yet" is a miss', () => {
    expect(answeredReview(passed(), answer(48, { outcome: 'skipped' })).missed).toBe(true);
  });
});

describe('a right review with help', () => {
  test('reschedules sooner than one without, and clears no missed review', () => {
    const fallen = answeredReview(passed(), answer(48, { outcome: 'incorrect' }));
    const helped = answeredReview(fallen, answer(72, { unaided: false, counts: false }));
    const alone = answeredReview(fallen, answer(72));
    expect(helped.dueAt).toBeLessThanOrEqual(alone.dueAt);
    expect(helped.missed).toBe(true);
    expect(alone.missed).toBe(false);
  });
});

describe('a check that ended not yet', () => {
  test('brings the review forward and leaves its history alone', () => {
    const once = answeredReview(passed(), answer(48));
    const after = failedCheckReview(once, T0 + 60 * HOUR);
    expect(after.dueAt).toBeLessThan(once.dueAt);
    expect(after).toMatchObject({ firstAt: once.firstAt, lastAt: once.lastAt, missed: false });
  });
});

describe('taking a miss back', () => {
  const first = () => answeredReview(passed(), answer(48));
  const fallen = () => answeredReview(first(), answer(60, { outcome: 'incorrect' }));

  test('gives everything back where it was the last review', () => {
    const { card, dueAt, streakSince, firstAt, firstIssue } = first();
    expect(withoutMiss(fallen(), 'at-60')).toMatchObject({
      card,
      dueAt,
      streakSince,
      firstAt,
      firstIssue,
      missed: false,
    });
  });

  test('gives the times back and keeps the schedule where a right answer followed', () => {
    const later = answeredReview(fallen(), answer(120));
    const restored = withoutMiss(later, 'at-60');
    expect(restored).toMatchObject({
      streakSince: T0,
      firstIssue: 'at-48',
      dueAt: later.dueAt,
      missed: false,
    });
  });

  test('is possible once, and for that miss only', () => {
    expect(withoutMiss(fallen(), 'another')).toBeNull();
    expect(withoutMiss(first(), 'at-48')).toBeNull();
    const restored = withoutMiss(fallen(), 'at-60') as ReturnType<typeof fallen>;
    expect(withoutMiss(restored, 'at-60')).toBeNull();
  });
});
