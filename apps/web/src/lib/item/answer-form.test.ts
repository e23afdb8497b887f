import { describe, expect, it } from 'vitest';
import { keepValues, parseSubmission, toAnswer } from './answer-form.ts';

function form(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

describe('answers from forms', () => {
  it('reads a choice and several choices', () => {
    expect(toAnswer(form([['answer', 'b']]), 'choice')).toBe('b');
    expect(
      toAnswer(
        form([
          ['answer', 'a'],
          ['answer', 'c'],
        ]),
        'multi',
      ),
    ).toEqual(['a', 'c']);
    expect(toAnswer(form([]), 'multi')).toEqual([]);
  });

  it.each([
    ['36', { value: 36, unit: 'GiB' }],
    ['12,884,901,888', { value: 12884901888, unit: 'GiB' }],
    ['3.6e1', { value: 36, unit: 'GiB' }],
    ['.5', { value: 0.5, unit: 'GiB' }],
    ['−4', { value: -4, unit: 'GiB' }],
  ])('reads the number %s with its unit', (typed, expected) => {
    expect(
      toAnswer(
        form([
          ['value', typed],
          ['unit', 'GiB'],
        ]),
        'numeric',
      ),
    ).toEqual(expected);
  });

  it('leaves the unit out where there is none', () => {
    expect(toAnswer(form([['value', '73']]), 'numeric')).toEqual({ value: 73 });
  });

  it.each(['36 or so', '17.2 GB', '', '1e', '1.2.3'])('hands on what is not a bare number: %j', (typed) => {
    expect(
      toAnswer(
        form([
          ['value', typed],
          ['unit', 'GiB'],
        ]),
        'numeric',
      ),
    ).toBe(typed);
  });

  it('sorts an order by place, and refuses two on one place', () => {
    expect(
      toAnswer(
        form([
          ['place-a', '2'],
          ['place-b', '1'],
          ['place-c', '3'],
        ]),
        'order',
      ),
    ).toEqual(['b', 'a', 'c']);
    expect(
      toAnswer(
        form([
          ['place-a', '1'],
          ['place-b', '1'],
        ]),
        'order',
      ),
    ).toEqual([]);
  });

  it('keeps only what was filled in of a match or a cloze', () => {
    expect(
      toAnswer(
        form([
          ['match-l1', 'r2'],
          ['match-l2', ''],
        ]),
        'match',
      ),
    ).toEqual({ l1: 'r2' });
    expect(
      toAnswer(
        form([
          ['blank-first', ' key '],
          ['blank-second', ''],
        ]),
        'cloze',
      ),
    ).toEqual({ first: 'key' });
  });

  it('reads a whole submission', () => {
    const fields: [string, string][] = [
      ['issueId', 'i1'],
      ['kind', 'numeric'],
      ['value', '36'],
      ['unit', 'GiB'],
      ['confidence', '75'],
      ['ms', '8123'],
      ['scratch', '2*48'],
    ];
    expect(parseSubmission(form(fields))).toEqual({
      issueId: 'i1',
      answer: { value: 36, unit: 'GiB' },
      confidence: 75,
      ms: 8123,
      scratch: '2*48',
    });
  });

  it('takes "I don’t know yet" over whatever else was filled in', () => {
    expect(
      parseSubmission(
        form([
          ['issueId', 'i1'],
          ['kind', 'short'],
          ['text', 'gqa'],
          ['skip', '1'],
        ]),
      )?.answer,
    ).toBeNull();
  });

  it('ignores a wrong time but not a wrong kind', () => {
    expect(
      parseSubmission(
        form([
          ['issueId', 'i1'],
          ['kind', 'short'],
          ['text', 'x'],
          ['ms', 'soon'],
        ]),
      ),
    ).toEqual({ issueId: 'i1', answer: 'x' });
    expect(
      parseSubmission(
        form([
          ['issueId', 'i1'],
          ['kind', 'essay'],
        ]),
      ),
    ).toBeNull();
    expect(parseSubmission(form([['kind', 'short']]))).toBeNull();
    expect(
      parseSubmission(
        form([
          ['issueId', 'i1'],
          ['kind', 'short'],
          ['confidence', '60'],
        ]),
      ),
    ).toBeNull();
  });

  it('keeps what was typed, but not the time it took', () => {
    expect(
      keepValues(
        form([
          ['answer', 'a'],
          ['answer', 'b'],
          ['ms', '5'],
        ]),
      ),
    ).toEqual({ answer: ['a', 'b'] });
  });
});
