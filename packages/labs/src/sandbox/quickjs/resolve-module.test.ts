import { describe, expect, it } from 'vitest';
import { resolveModule } from './resolve-module.ts';

const files = ['solution.ts', 'parts/a.ts', 'parts/b.js', 'parts/index.ts', 'data.mjs', 'c.mts'];

describe('an import means', () => {
  it.each([
    ['solution.ts', './parts/a.ts', 'parts/a.ts'],
    ['solution.ts', './parts/a', 'parts/a.ts'],
    ['solution.ts', './parts/a.js', 'parts/a.ts'],
    ['solution.ts', './parts/b', 'parts/b.js'],
    ['solution.ts', './parts', 'parts/index.ts'],
    ['solution.ts', './c.mjs', 'c.mts'],
    ['parts/a.ts', './b.js', 'parts/b.js'],
    ['parts/a.ts', '../solution.ts', 'solution.ts'],
    ['parts/a.ts', '../data', 'data.mjs'],
  ])('from %s, %s: %s', (base, name, expected) => {
    expect(resolveModule(files, base, name)).toBe(expected);
  });

  it('nothing outside the submission, however far it climbs', () => {
    expect(files).not.toContain(resolveModule(files, 'solution.ts', '../../../etc/passwd'));
    expect(resolveModule(files, 'solution.ts', '../../solution.ts')).toBe('solution.ts');
  });

  it('itself where it is no path', () => {
    expect(resolveModule(files, 'solution.ts', 'node:fs')).toBe('node:fs');
    expect(resolveModule(files, 'solution.ts', 'solution.ts')).toBe('solution.ts');
  });
});
