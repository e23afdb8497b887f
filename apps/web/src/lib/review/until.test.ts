import { expect, it } from 'vitest';
import { untilWords } from './until.ts';

const DAY = 86_400_000;

it.each([
  [-5, '1 min'],
  [600_000, '10 min'],
  [5 * 3_600_000, '5 h'],
  [DAY, '1 day'],
  [11 * DAY, '11 days'],
  [94 * DAY, '3.1 months'],
  [1000 * DAY, '2.7 years'],
])('%d ms is said as %s', (ms, words) => {
  expect(untilWords(ms)).toBe(words);
});
