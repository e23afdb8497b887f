import { describe, expect, it } from 'vitest';
import { areSame, checkFiles, findEntry } from './lab-files.ts';

describe('files', () => {
  it.each(['solution.py', 'parts/a-b.ts', 'NOTES.md', 'a b.txt'])('may be called %s', (path) => {
    expect(checkFiles({ [path]: '' })).toBeUndefined();
  });

  it.each(['', '/etc/passwd', '../a', 'a/../b', 'a//b', '.env', 'a/.b', 'a\\b', 'a\0b', 'x'.repeat(201)])(
    'may not be called %j',
    (path) => {
      expect(checkFiles({ [path]: '' })?.outcome).toBe('invalid-files');
    },
  );

  it('are counted in bytes, not in letters', () => {
    expect(checkFiles({ a: 'ü'.repeat(131_072) })).toBeUndefined();
    expect(checkFiles({ a: 'ü'.repeat(131_073) })?.outcome).toBe('invalid-files');
  });

  it('are the same whatever their order, and not where a text moved to another name', () => {
    expect(areSame({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(areSame({ a: '1', b: '' }, { a: '', b: '1' })).toBe(false);
  });
});

describe('the entry', () => {
  const lab = { languages: ['py', 'ts'] as ('py' | 'ts')[], entry: { py: 'solution.py', ts: 'solution.ts' } };

  it.each([
    ['the lab’s own', { 'solution.ts': '' }, {}, { language: 'ts', entry: 'solution.ts' }],
    ['JavaScript’s', { 'solution.js': '' }, {}, { language: 'ts', entry: 'solution.js' }],
    [
      'the first language’s where there are several',
      { 'solution.py': '', 'solution.ts': '' },
      {},
      { language: 'py', entry: 'solution.py' },
    ],
    [
      'the asked language’s',
      { 'solution.py': '', 'solution.ts': '' },
      { language: 'ts' as const },
      { language: 'ts', entry: 'solution.ts' },
    ],
    ['the one that is named', { 'main.py': '' }, { entry: 'main.py' }, { language: 'py', entry: 'main.py' }],
    ['missing, and then the lab’s first', { 'main.rb': '' }, {}, { language: 'py', entry: 'solution.py' }],
  ])('is %s', (_, files, asked, found) => {
    expect(findEntry(lab, files, asked)).toEqual(found);
  });
});
