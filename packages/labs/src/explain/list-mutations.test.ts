import { describe, expect, it } from 'vitest';
import { listMutations } from './list-mutations.ts';

const afterOf = (line: string, language: 'py' | 'ts' = 'py') => {
  const entry = `solution.${language}`;
  return listMutations({ language, entry, files: { [entry]: line } }).map(({ after }) => after);
};

describe('changes to a line', () => {
  it.each([
    ['a comparison', 'if a < b:', ['if a <= b:']],
    ['a sum', 'c = a + 2', ['c = a - 2', 'c = a + 3']],
    ['an and', 'x and y', ['x or y']],
    ['a negation', 'return not done', ['return done']],
    ['a truth', 'ok = True', ['ok = False']],
    ['the smaller', 'm = min(a, b)', ['m = max(a, b)']],
    ['each of several', 'a == b == c', ['a != b == c', 'a == b != c']],
  ])('are made of %s', (_, line, after) => {
    expect(afterOf(line)).toEqual(after);
  });

  it.each([
    '# a < b',
    "x = 'a < b'",
    'import os1',
    'def f(a=1):',
    'x = not in_range1',
    'y = 1.5',
    'class A1:',
  ])('are not made of %s', (line) => {
    expect(afterOf(line).filter((after) => !after.includes('in_range1'))).toEqual([]);
  });

  it('leave the types of TypeScript alone', () => {
    expect(afterOf('const a: Map<string, number> = new Map();', 'ts')).toEqual([]);
    expect(afterOf('export function f(a = 1): number {', 'ts')).toEqual([]);
  });

  it('change the one line of the one file', () => {
    const files = { 'solution.py': 'a = 1\nb = 2\n', 'NOTES.md': 'a = 1' };
    expect(listMutations({ language: 'py', entry: 'solution.py', files })).toEqual([
      { file: 'solution.py', line: 1, before: 'a = 1', after: 'a = 2', source: 'a = 2\nb = 2\n' },
      { file: 'solution.py', line: 2, before: 'b = 2', after: 'b = 3', source: 'a = 1\nb = 3\n' },
    ]);
  });
});
