import { describe, expect, it } from 'vitest';
import { labSchema } from '../contract/lab.ts';
import { dataTestsSchema, toLabTest } from '../contract/test.ts';
import type { Lab } from '../load/lab.ts';
import { writeTest } from './write-test.ts';

const lab: Lab = {
  ...labSchema.parse({
    contract: 1,
    id: 'shelf',
    title: 'Shelf',
    stage: 1,
    minutes: 5,
    languages: ['py', 'ts'],
    entry: { py: 'solution.py', ts: 'solution.ts' },
    targets: [
      { name: 'Shelf', kind: 'class', methods: [{ name: 'putAll', py: 'put_all' }] },
      { name: 'asList', kind: 'function', py: 'as_list' },
    ],
    limits: { wallMs: 4000, memoryMb: 64, outputKb: 4 },
    rubric: [{ id: 'all', title: 'All', weight: 100, skills: ['a'], by: 'tests' }],
  }),
  folder: '',
  tests: [],
};
const about = { name: 'x', rubric: 'all', skill: 'a' };
const written = (test: object, language: 'py' | 'ts') =>
  writeTest(lab, toLabTest(dataTestsSchema.parse([{ ...about, ...test }])[0]!, false), language);

describe('a test as it is read', () => {
  const steps = [
    { new: 'Shelf', as: 'shelf', args: [{ size: 3 }] },
    { on: 'shelf', call: 'putAll', args: [[1, 'a']] },
    { call: 'asList', args: [{ $: 'ref', name: 'shelf' }] },
  ];

  it('says what is done in the names of its language', () => {
    expect(written({ steps, expect: [1, 'a'] }, 'py')).toEqual({
      steps: ['shelf = Shelf({size: 3})', 'shelf.put_all([1, "a"])', 'as_list(shelf)'],
      expects: '[1, "a"]',
    });
    expect(written({ steps, expect: null }, 'ts')).toEqual({
      steps: ['shelf = new Shelf({size: 3})', 'shelf.putAll([1, "a"])', 'asList(shelf)'],
      expects: 'null',
    });
  });

  it('says how near is near enough, and what is to be raised', () => {
    expect(written({ steps: [{ call: 'asList', args: [] }], expect: 0.5, tol: 0.01 }, 'ts').expects).toBe(
      '0.5, within 0.01',
    );
    const raises = { py: 'ValueError', ts: 'RangeError' };
    expect(written({ steps: [{ call: 'asList', args: [] }], raises }, 'py').expects).toBe(
      'raises ValueError',
    );
  });

  it('cuts what nobody could read', () => {
    const long = written(
      { steps: [{ call: 'asList', args: [Array.from({ length: 5000 }, (_, n) => n)] }], expect: 1 },
      'ts',
    );
    expect(long.steps[0]!.length).toBeLessThan(500);
  });
});
