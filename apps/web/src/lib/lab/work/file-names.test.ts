import { describe, expect, it } from 'vitest';
import { findNameProblem, findSizeProblem } from './file-names.ts';

describe('the name of a new file', () => {
  it('is taken where it is plain, in folders or not', () => {
    for (const path of ['totals.py', 'NOTES.md', 'parts/deep/totals.ts', '_private.py'])
      expect(findNameProblem(path, ['solution.py'])).toBeUndefined();
  });

  it('is refused where it leads elsewhere or is hidden', () => {
    for (const path of [
      '',
      '../up.py',
      '/etc/passwd',
      'a//b',
      '.env',
      'a/.b',
      'a b.py',
      'a\\b',
      `${'x'.repeat(121)}`,
    ])
      expect(findNameProblem(path, [])).toBeDefined();
  });

  it('is refused where something has it, whatever its case, and where it is a folder', () => {
    expect(findNameProblem('Solution.py', ['solution.py'])).toContain('already');
    expect(findNameProblem('parts', ['parts/a.py'])).toContain('folder');
    expect(findNameProblem('a.py/b.py', ['a.py'])).toContain('folder');
  });
});

describe('the size of all files', () => {
  it('is counted in bytes, not in letters', () => {
    expect(findSizeProblem({ a: 'x'.repeat(256 * 1024) })).toBeUndefined();
    expect(findSizeProblem({ a: 'é'.repeat(129 * 1024) })).toContain('258 KiB');
  });
});
