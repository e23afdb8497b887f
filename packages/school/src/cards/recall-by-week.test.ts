import { describe, expect, it } from 'vitest';
import type { StoredGrade } from '../store/cards/grades.ts';
import { recallByWeek } from './recall-by-week.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 2, 20, 12);
const grade = (card: string, daysAgo: number, given: 1 | 3, recall: number | null = 0.9): StoredGrade => ({
  id: `${card}/${daysAgo}/${given}`,
  card,
  at: NOW - daysAgo * DAY,
  receivedAt: NOW,
  grade: given,
  undoes: null,
  ms: null,
  recall,
  origin: 'page',
});

describe('recall by week', () => {
  it('counts a card once a day, and only where something was predicted', () => {
    const grades = [
      grade('a', 1, 1),
      { ...grade('a', 1, 3), at: NOW - DAY + 600_000 },
      grade('b', 1, 3),
      grade('c', 1, 3, null),
      grade('d', 9, 3),
    ];
    const weeks = recallByWeek(grades, NOW, 5);
    expect(weeks.map(({ asked, recalled }) => [asked, recalled])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(weeks[1]).toMatchObject({ predicted: 1.8 });
    expect(weeks[1]?.low).toBeLessThan(0.5);
  });
});
