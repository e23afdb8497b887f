import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
  createCard,
  isRefreshDue,
  predictedRecall,
  rateCard,
  RECALL_TARGET,
  recallOf,
  type ReviewCard,
  type ReviewGrade,
} from './review.ts';
import { passedReview, placedReview } from './review-record.ts';
import { emptyRecord, type SkillRecord } from './state.ts';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 2, 1, 9);

const rated = (grades: ReviewGrade[], every: number): ReviewCard =>
  grades.reduce((card, grade, i) => rateCard(card, T0 + i * every, grade), createCard(T0));

const withReview = (review: SkillRecord['review']): SkillRecord => ({ ...emptyRecord(), review });

describe('a card', () => {
  test('is due at once when new, and has no recall to predict', () => {
    const card = createCard(T0);
    expect(card).toMatchObject({ due: T0, last: null, reps: 0, lapses: 0, state: 0 });
    expect(recallOf(card, T0)).toBeNull();
  });

  test('comes back after these days by its first grade, with FSRS-6’s default parameters', () => {
    const days = ([1, 2, 3, 4] as const).map((grade) => (rateCard(createCard(T0), T0, grade).due - T0) / DAY);
    expect(days).toEqual([1, 2, 3, 8]);
  });

  test('starts with the stability that FSRS-6 publishes for each grade', () => {
    const stability = ([1, 2, 3, 4] as const).map((grade) => rateCard(createCard(T0), T0, grade).stability);
    expect(stability).toEqual([0.212, 1.2931, 2.3065, 8.2956]);
  });

  test('comes back later each time it is recalled when due', () => {
    let card = rateCard(createCard(T0), T0, 3);
    let interval = card.interval;
    for (let i = 0; i < 6; i++) {
      card = rateCard(card, card.due, 3);
      expect(card.interval).toBeGreaterThan(interval);
      interval = card.interval;
    }
  });

  test('comes back soon after a lapse, and counts it', () => {
    const learned = rateCard(rateCard(createCard(T0), T0, 3), T0 + 3 * DAY, 3);
    const lapsed = rateCard(learned, learned.due, 1);
    expect(lapsed.interval).toBeLessThan(learned.interval);
    expect(lapsed.lapses).toBe(1);
  });

  test('is never asked for again within minutes', () => {
    for (const grade of [1, 2, 3, 4] as const) {
      expect(rateCard(createCard(T0), T0, grade).due - T0).toBeGreaterThanOrEqual(DAY);
    }
  });

  test('is about 90% likely to be recalled when due', () => {
    const card = rated([3, 3], 3 * DAY);
    expect(recallOf(card, card.due)).toBeCloseTo(RECALL_TARGET, 1);
  });

  test('is certain at the moment of the review and fades from then on', () => {
    const card = rated([3], DAY);
    expect(recallOf(card, T0)).toBe(1);
    expect(recallOf(card, T0 + DAY)).toBeLessThan(1);
    expect(recallOf(card, T0 + 9 * DAY)).toBeLessThan(recallOf(card, T0 + DAY) as number);
  });

  test('takes a clock that went back as no time gone by', () => {
    const card = rated([3], DAY);
    expect(rateCard(card, T0 - DAY, 3)).toEqual(rateCard(card, T0, 3));
    expect(recallOf(card, T0 - DAY)).toBe(1);
  });
});

describe('the flag refresh due', () => {
  test('is off for a skill that has no review', () => {
    expect(isRefreshDue(undefined, T0)).toBe(false);
    expect(isRefreshDue(emptyRecord(), T0)).toBe(false);
    expect(predictedRecall(undefined, T0)).toBeNull();
    expect(predictedRecall(emptyRecord(), T0)).toBeNull();
  });

  test('is off just after a pass and on when predicted recall falls under .90', () => {
    const record = withReview(passedReview(null, T0));
    expect(isRefreshDue(record, T0 + DAY)).toBe(false);
    expect(predictedRecall(record, T0 + 10 * DAY)).toBeLessThan(0.9);
    expect(isRefreshDue(record, T0 + 10 * DAY)).toBe(true);
  });

  test('is on after a missed review, however fresh', () => {
    const review = { ...passedReview(null, T0), missed: true };
    expect(isRefreshDue(withReview(review), T0)).toBe(true);
  });
});

describe('the first review', () => {
  test('of a Placed skill comes within 7 days', () => {
    const { dueAt, streakSince } = placedReview(T0);
    expect(dueAt).toBeGreaterThan(T0);
    expect(dueAt - T0).toBeLessThanOrEqual(7 * DAY);
    expect(streakSince).toBeNull();
  });

  test('after a pass comes no earlier than the 48 hours that Retained asks for', () => {
    const { dueAt, streakSince } = passedReview(null, T0);
    expect(dueAt - T0).toBeGreaterThanOrEqual(2 * DAY);
    expect(streakSince).toBe(T0);
  });

  test('of a Placed skill that is then passed starts the retention clock at the pass', () => {
    const review = passedReview(placedReview(T0), T0 + 2 * DAY);
    expect(review.streakSince).toBe(T0 + 2 * DAY);
    expect(review.card.reps).toBe(2);
  });

  test('a second pass leaves the retention clock where it was', () => {
    expect(passedReview(passedReview(null, T0), T0 + 5 * DAY).streakSince).toBe(T0);
  });
});

describe('properties', () => {
  const grades = fc.array(fc.constantFrom<ReviewGrade>(1, 2, 3, 4), { minLength: 1, maxLength: 20 });
  const gap = fc.integer({ min: 0, max: 40 * DAY });

  test('the same reviews give the same card: no chance, no clock', () => {
    fc.assert(
      fc.property(grades, gap, (list, every) => {
        expect(rated(list, every)).toEqual(rated(list, every));
      }),
    );
  });

  test('a card is plain JSON', () => {
    fc.assert(
      fc.property(grades, gap, (list, every) => {
        const card = rated(list, every);
        expect(JSON.parse(JSON.stringify(card))).toEqual(card);
        expect(rateCard(JSON.parse(JSON.stringify(card)) as ReviewCard, card.due, 3)).toEqual(
          rateCard(card, card.due, 3),
        );
      }),
    );
  });

  test('a better grade never brings a card back sooner', () => {
    fc.assert(
      fc.property(grades, gap, (list, every) => {
        const card = rated(list, every);
        const due = ([1, 2, 3, 4] as const).map((grade) => rateCard(card, card.due, grade).due);
        expect([...due].sort((a, b) => a - b)).toEqual(due);
      }),
    );
  });

  test('recall lies between 0 and 1 and never grows by waiting', () => {
    fc.assert(
      fc.property(grades, gap, gap, (list, every, wait) => {
        const card = rated(list, every);
        const last = card.last as number;
        const soon = recallOf(card, last + wait) as number;
        const later = recallOf(card, last + 2 * wait) as number;
        expect(soon).toBeLessThanOrEqual(1);
        expect(later).toBeGreaterThan(0);
        expect(later).toBeLessThanOrEqual(soon);
      }),
    );
  });

  test('rating changes nothing that was given', () => {
    fc.assert(
      fc.property(grades, gap, (list, every) => {
        const card = rated(list, every);
        const before = JSON.stringify(card);
        rateCard(card, card.due, 1);
        expect(JSON.stringify(card)).toBe(before);
      }),
    );
  });
});
