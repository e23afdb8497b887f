import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataTestsSchema, madeTestSchema, toLabTest } from './test.ts';

const about = { name: 'adds', rubric: 'sums', skill: 'adding' };
const call = { call: 'add', args: [1, 2] };

function problemsIn(test: object): string {
  const parsed = dataTestsSchema.safeParse([{ ...about, ...test }]);
  return parsed.success ? '' : z.prettifyError(parsed.error);
}

describe('a test as data', () => {
  it.each([
    ['a call', { steps: [call], expect: 3 }],
    ['a call without arguments', { steps: [{ call: 'add' }], expect: 3 }],
    ['an expected null', { steps: [call], expect: null }],
    ['something raised', { steps: [call], raises: 'ValueError' }],
    ['something raised by language', { steps: [call], raises: { py: 'ValueError', ts: 'RangeError' } }],
    ['a tolerance', { steps: [call], expect: 3, tol: 0.1 }],
    ['a file of the submission', { steps: [{ file: 'Dockerfile' }], expect: null }],
    ['an object made and never kept', { steps: [{ new: 'Box', args: [-1] }], raises: 'ValueError' }],
    [
      'a story',
      {
        steps: [
          { new: 'Box', as: 'a', args: [] },
          { on: 'a', call: 'put', args: [{ $: 'ref', name: 'a' }] },
          { on: 'a', get: 'width' },
        ],
        expect: 1,
      },
    ],
  ])('may hold %s', (_, test) => {
    expect(problemsIn(test)).toBe('');
  });

  it.each([
    ['no step', { steps: [], expect: 1 }, 'steps'],
    ['nothing to compare with', { steps: [call] }, 'either expect or raises'],
    ['two things to compare with', { steps: [call], expect: 1, raises: 'E' }, 'either expect or raises'],
    ['a step that does two things', { steps: [{ call: 'a', new: 'B', as: 'b' }], expect: 1 }, 'steps'],
    ['a step that does nothing', { steps: [{}], expect: 1 }, 'steps'],
    ['a name that is no identifier', { steps: [{ call: 'a.b' }], expect: 1 }, 'steps'],
    ['an object that nobody made', { steps: [{ on: 'b', call: 'x' }], expect: 1 }, 'no earlier step keeps'],
    [
      'an argument that nobody made',
      { steps: [{ call: 'a', args: [{ deep: [{ $: 'ref', name: 'b' }] }] }], expect: 1 },
      'uses b, which no earlier step keeps',
    ],
    ['a tolerance below zero', { steps: [call], expect: 1, tol: -1 }, 'tol'],
    ['a key that is not known', { steps: [call], expect: 1, expected: 2 }, 'expected'],
    ['a check, which only trusted code may have', { steps: [call], check: 'x' }, 'check'],
  ])('is refused with %s', (_, test, says) => {
    expect(problemsIn(test)).toContain(says);
  });

  it('keeps apart an expected null and nothing expected', () => {
    const [test] = dataTestsSchema.parse([{ ...about, steps: [call], expect: null }]);
    expect(toLabTest(test!, true).expected).toEqual({ value: null });
    const raising = dataTestsSchema.parse([{ ...about, steps: [call], raises: 'E' }])[0]!;
    expect(toLabTest(raising, true).expected).toBeUndefined();
  });
});

describe('a test made by code', () => {
  it('may check by itself, beside what is expected', () => {
    const check = () => null;
    const test = toLabTest(madeTestSchema.parse({ ...about, steps: [call], expect: 3, check }), false);
    expect(test.check).toBe(check);
    expect(test.expected).toEqual({ value: 3 });
  });

  it('may drive the submission instead of listing steps', () => {
    const drive = async () => null;
    expect(toLabTest(madeTestSchema.parse({ ...about, drive }), false).drive).toBe(drive);
  });

  it.each([
    ['neither steps nor drive', {}],
    ['both steps and drive', { steps: [call], drive: async () => null }],
    ['a check that is no function', { steps: [call], check: true }],
  ])('is refused with %s', (_, test) => {
    expect(madeTestSchema.safeParse({ ...about, ...test }).success).toBe(false);
  });

  it('has no tolerance unless it names one', () => {
    expect(toLabTest(madeTestSchema.parse({ ...about, steps: [call], expect: 3 }), false).tol).toBe(0);
  });
});
