import { describe, expect, it } from 'vitest';
import { encodeValue } from '../contract/value.ts';
import { judgeExplanation } from './judge-explanation.ts';
import type { ExplainQuestion } from './question.ts';

const typed = (value: unknown): ExplainQuestion => ({
  kind: 'value',
  prompt: '',
  code: null,
  steps: [],
  options: null,
  key: JSON.stringify(encodeValue(value)),
});
const right = (value: unknown, answer: string) => {
  const judged = judgeExplanation(typed(value), answer);
  return judged.ok && judged.right;
};

describe('a typed answer', () => {
  it.each([
    [42, ' 42 '],
    [42, '42.0'],
    [1200, '1 200'],
    [-3, '-3'],
    [0.27465, '0.2747'],
    [2n ** 60n, String(2n ** 60n)],
    ['red', 'red'],
    ['red', '"red"'],
    ['red', "'red'"],
    [null, 'None'],
    [null, 'null'],
    [true, 'True'],
  ])('to %s may be %s', (value, answer) => {
    expect(right(value, answer)).toBe(true);
  });

  it.each([
    [42, '43'],
    [42, 'forty-two'],
    [0, ''],
    [0, ' '],
    [0.27465, '0.28'],
    ['red', 'Red'],
    ['', 'anything'],
    [null, '0'],
    [true, '1'],
    [Number.NaN, ''],
  ])('to %s is not %s', (value, answer) => {
    expect(right(value, answer)).toBe(false);
  });
});

describe('a chosen answer', () => {
  const question: ExplainQuestion = {
    ...typed(1),
    options: [
      { id: 't1', text: 'a' },
      { id: 'none', text: 'b' },
    ],
    key: 't1',
  };

  it('is right or wrong by its id', () => {
    expect(judgeExplanation(question, 't1')).toEqual({ ok: true, right: true });
    expect(judgeExplanation(question, 'none')).toEqual({ ok: true, right: false });
    expect(judgeExplanation(question, null)).toEqual({ ok: true, right: false });
  });

  it('that was not offered is no answer', () => {
    expect(judgeExplanation(question, 'a')).toMatchObject({ ok: false });
  });
});
