import { describe, expect, it } from 'vitest';
import { readTime } from './read-time.ts';

const TODAY = '2026-11-23';
const dateOf = (text: string): string | undefined => readTime(text, TODAY).deadline?.date;

describe('time in a goal', () => {
  it.each([
    ['Design LLM serving, by the end of January', '2027-01-31'],
    [
      'Design serving that stays fast and affordable under load for everybody who uses it, by the end of January',
      '2027-01-31',
    ],
    ['by March 2028', '2028-03-31'],
    ['before April', '2027-04-01'],
    ['by 15 December', '2026-12-15'],
    ['until Feb 3rd, 2027', '2027-02-03'],
    ['by 2027-02-28', '2027-02-28'],
    ['ML interview in three weeks', '2026-12-14'],
    ['pass MLA-C01 in 8 weeks', '2027-01-18'],
    ['two weeks left', '2026-12-07'],
    ['learn RAG within 2 months', '2027-01-23'],
    ['by the end of the year', '2026-12-31'],
    ['I am bad at writing decisions down. Five weeks, maybe four hours a week.', '2026-12-28'],
  ])('reads "%s" as %s', (text, date) => {
    expect(dateOf(text)).toBe(date);
  });

  it.each([
    'understand the KV cache',
    'by 2027-02-31',
    'Our customer support bot is live and the monthly OpenAI invoice went from 3k to 27k in two months.',
    'in 0 weeks',
    '',
  ])('reads no deadline in "%s"', (text) => {
    expect(dateOf(text)).toBeUndefined();
  });

  it('quotes the words', () => {
    const text = 'Be ready by the end of January.';
    const { deadline } = readTime(text, TODAY);
    expect(text.slice(deadline?.from, deadline?.to)).toBe('by the end of January');
  });

  it.each([
    ['four hours a week', 4],
    ['6h/week', 6],
    ['about 7.5 hours per week', 7.5],
    ['an hour a day', 5],
    ['900 hours a week', undefined],
    ['hours and hours', undefined],
  ])('reads the hours of "%s"', (text, hours) => {
    expect(readTime(text, TODAY).hoursPerWeek?.hours).toBe(hours);
  });

  it('survives a date that is none', () => {
    expect(readTime('by March', 'someday').deadline).toBeNull();
  });
});
