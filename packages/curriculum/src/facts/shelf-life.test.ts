import { expect, test } from 'vitest';
import { freshUntil, isStale } from './shelf-life.ts';

test.each([
  ['2024-05', { months: 36 }, '2027-05-31'],
  ['2025-09', { months: 18 }, '2027-03-31'],
  ['2024', { months: 12 }, '2025-12-31'],
  ['2025-08-28', { months: 18 }, '2027-02-28'],
  ['2025-08-31', { months: 18 }, '2027-02-28'],
  ['2026-05-31', { months: 18 }, '2027-11-30'],
  ['2026-01-15', { months: 13 }, '2027-02-15'],
  ['2026-11-22', { days: 90 }, '2027-02-20'],
  ['2024-02', { days: 1 }, '2024-03-01'],
])('a figure of %s with %o is shown until %s', (date, life, until) => {
  expect(freshUntil(date, life)).toBe(until);
});

test('a figure is stale on the day after its last', () => {
  expect(isStale('2026-11-22', { days: 90 }, '2027-02-20')).toBe(false);
  expect(isStale('2026-11-22', { days: 90 }, '2027-02-21')).toBe(true);
});
