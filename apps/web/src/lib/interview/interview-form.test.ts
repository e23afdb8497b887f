import { describe, expect, it } from 'vitest';
import { findDraft, findScore } from './interview-form.ts';
import { LONGEST } from './kept-words.ts';

function formOf(entries: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

describe('the form of an answer', () => {
  it('is read with the facts that were asked', () => {
    expect(
      findDraft(
        formOf([
          ['id', 'abc'],
          ['revision', '3'],
          ['seconds', '61'],
          ['assumed', 'One region'],
          ['asked', '0'],
          ['asked', '2'],
        ]),
      ),
    ).toEqual({
      id: 'abc',
      revision: 3,
      seconds: 61,
      assumed: 'One region',
      design: '',
      breaks: '',
      asked: [0, 2],
    });
  });

  it('has no counted time where no script counted', () => {
    expect(findDraft(formOf([['seconds', '']]))?.seconds).toBeUndefined();
  });

  it.each([
    ['a text that is too long', [['design', 'x'.repeat(LONGEST + 1)]]],
    ['a time that is none', [['seconds', 'soon']]],
    ['a fact that is none', [['asked', '-1']]],
  ] as [string, [string, string][]][])('is refused with %s', (_, entries) => {
    expect(findDraft(formOf(entries))).toBeUndefined();
  });
});

describe('the form of a score', () => {
  it('is read point by point, open points staying open', () => {
    expect(
      findScore(
        formOf([
          ['run', 'abc'],
          ['p0', '2'],
          ['q0', '320 KiB'],
          ['p2', '0'],
          ['g1', 'on'],
        ]),
        3,
        2,
      ),
    ).toEqual({ run: 'abc', points: [2, null, 0], quotes: ['320 KiB', '', ''], general: [false, true] });
  });

  it('is refused with a point that does not exist', () => {
    expect(
      findScore(
        formOf([
          ['run', 'abc'],
          ['p0', '3'],
        ]),
        1,
        1,
      ),
    ).toBeUndefined();
    expect(findScore(formOf([['p0', '1']]), 1, 1)).toBeUndefined();
  });
});
