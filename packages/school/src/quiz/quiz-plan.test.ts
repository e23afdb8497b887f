import { describe, expect, it } from 'vitest';
import { divideByWeight, spreadQuestions } from './quiz-plan.ts';

describe('the questions of a quiz', () => {
  it('ask every skill before any comes twice, and never more than there are subjects', () => {
    const askable = [
      { skill: 'a', families: 3 },
      { skill: 'b', families: 1 },
      { skill: 'c', families: 2 },
    ];
    const of = (length: number) =>
      spreadQuestions(askable, length, 'seed')
        .map(({ skill }) => skill)
        .sort()
        .join('');
    expect(of(3)).toBe('abc');
    expect(of(5)).toBe('aabcc');
    expect(of(20)).toBe('aaabcc');
  });

  it('come in an order that the seed decides', () => {
    const askable = Array.from({ length: 12 }, (_, i) => ({ skill: `s${i}`, families: 1 }));
    const order = (seed: string) => spreadQuestions(askable, 12, seed).map(({ skill }) => skill);
    expect(order('one')).toEqual(order('one'));
    expect(order('one')).not.toEqual(order('two'));
  });
});

describe('a practice set for a certification', () => {
  const weighing = (...weights: (number | [number, number])[]) =>
    weights.map((weight) => ({
      weight: Array.isArray(weight) ? { from: weight[0], to: weight[1] } : { from: weight, to: weight },
    }));
  const divided = (domains: ReturnType<typeof weighing>, most: number[], length: number) =>
    divideByWeight(domains, (domain) => most[domain] ?? 0, length).map(({ questions }) => questions);

  it('gives each domain its published share', () => {
    expect(divided(weighing(28, 26, 22, 24), [99, 99, 99, 99], 50)).toEqual([14, 13, 11, 12]);
    expect(divided(weighing(28, 26, 22, 24), [99, 99, 99, 99], 8).reduce((a, b) => a + b)).toBe(8);
  });

  it('takes the middle of a range', () => {
    expect(divided(weighing([20, 30], [40, 50], 30), [99, 99, 99], 20)).toEqual([5, 9, 6]);
  });

  it('gives the share of a domain that cannot be asked to the others, and says so by 0', () => {
    expect(divided(weighing(50, 30, 20), [99, 0, 99], 10)).toEqual([7, 0, 3]);
    expect(divided(weighing(50, 50), [2, 1], 10)).toEqual([2, 1]);
    expect(divided(weighing(50, 50), [0, 0], 10)).toEqual([0, 0]);
  });
});
