import { expect, it } from 'vitest';
import type { StoredGrade } from '../store/cards/grades.ts';
import { listCardDays } from './card-days.ts';

const DAY = 86_400_000;

function grade(card: string, at: number, value: 1 | 3, origin: StoredGrade['origin'] = 'page'): StoredGrade {
  const id = `${card}/${at}`;
  return { id, card, at, receivedAt: at, grade: value, undoes: null, ms: 4_000, recall: null, origin };
}

it('counts a card once a day, by its first grade, and nothing that an import brought along', () => {
  const days = listCardDays([
    grade('a', 5, 1),
    grade('a', 9, 3),
    grade('b', 10, 3, 'offline'),
    grade('c', 11, 3, 'import'),
    grade('a', 2 * DAY, 3),
  ]);
  expect(days).toEqual([
    { day: 0, graded: 2, recalled: 1 },
    { day: 2 * DAY, graded: 1, recalled: 1 },
  ]);
});
