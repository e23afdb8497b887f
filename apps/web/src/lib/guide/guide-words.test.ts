import { describe, expect, it } from 'vitest';
import { coverageShares, dateWords, money, weightWords } from './guide-words.ts';

describe('words of a guide', () => {
  it.each([
    ['2024', '2024'],
    ['2024-05', 'May 2024'],
    ['2025-08-28', '28 August 2025'],
  ])('say the date %s as %s', (date, words) => expect(dateWords(date)).toBe(words));

  it('say a weight as a figure or as a range', () => {
    expect(weightWords({ from: 28, to: 28 })).toBe('28%');
    expect(weightWords({ from: 25, to: 30 })).toBe('25 to 30%');
  });

  it('say money with the sign of its currency, or with its code', () => {
    expect(money(211450, 'USD')).toBe('$211,450');
    expect(money(300, 'CHF')).toBe('300 CHF');
  });
});

describe('how much of an exam is covered', () => {
  const domain = (coverage: 'most' | 'part' | 'none', from: number, to = from) => ({
    title: coverage,
    coverage,
    weight: { from, to },
    skills: [],
    gap: null,
  });

  it('is a share of its weight, the middle of a range counting', () => {
    const shares = coverageShares([domain('most', 60), domain('part', 20, 40), domain('none', 10)]);
    expect(shares).toEqual({ most: 60, part: 30, none: 10 });
  });

  it('makes a hundred also where the middles do not', () => {
    const { most, part, none } = coverageShares([
      domain('most', 25, 30),
      domain('part', 30, 35),
      domain('none', 30, 45),
    ]);
    expect(most + part + none).toBe(100);
  });

  it('is nothing of an exam without domains', () => {
    expect(coverageShares([])).toEqual({ most: 0, part: 0, none: 0 });
  });
});
