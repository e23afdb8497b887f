import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, tinyLab } from '../testing/tiny-lab.ts';
import { readSubmission } from './read-submission.ts';
import { languageOf, MAX_BYTES, MAX_FILES, toSubmission, type Submission } from './to-submission.ts';

const lab = tinyLab();
const pythonOnly = tinyLab([], { languages: ['py'] });

function program(given: Submission) {
  if (given.kind === 'rejected') throw new Error(given.reason);
  return given.program;
}

function reason(given: Submission): string {
  return given.kind === 'rejected' ? given.reason : `not rejected: ${given.program.entry}`;
}

describe('a submission in a file', () => {
  it.each([
    ['answer.py', 'py'],
    ['answer.ts', 'ts'],
    ['answer.mts', 'ts'],
    ['answer.js', 'js'],
    ['answer.mjs', 'js'],
  ])('%s is the entry, whatever its name', (name, language) => {
    const file = join(folderOf({ [name]: 'x = 1' }), name);
    expect(program(readSubmission(lab, file))).toEqual({
      language,
      entry: name,
      files: { [name]: 'x = 1' },
    });
  });

  it('takes nothing from beside it', () => {
    const folder = folderOf({ 'answer.py': 'x', 'other.py': 'y' });
    expect(Object.keys(program(readSubmission(lab, join(folder, 'answer.py'))).files)).toEqual(['answer.py']);
  });

  it('loses a byte order mark and keeps everything else', () => {
    const file = join(folderOf({ 'a.py': '\uFEFFx = "ü"\r\n' }), 'a.py');
    expect(program(readSubmission(lab, file)).files['a.py']).toBe('x = "ü"\r\n');
  });

  it.each([
    ['of an unknown language', 'answer.rb', 'x', 'language is not known'],
    ['without an ending', 'answer', 'x', 'language is not known'],
    ['that is too large', 'answer.py', 'x'.repeat(MAX_BYTES + 1), 'too large'],
    ['that is no text', 'answer.py', new Uint8Array([0x78, 0xff, 0xfe]), 'not UTF-8'],
  ])('is rejected: one %s', (_, name, content, says) => {
    expect(reason(readSubmission(lab, join(folderOf({ [name]: content }), name)))).toContain(says);
  });

  it('is rejected in a language that the lab does not take', () => {
    const file = join(folderOf({ 'a.ts': 'x' }), 'a.ts');
    expect(readSubmission(pythonOnly, file)).toEqual({
      kind: 'rejected',
      language: 'ts',
      reason: 'This lab is solved in Python.',
    });
  });

  it('that does not exist is a broken promise of the caller', () => {
    expect(() => readSubmission(lab, '/nowhere/answer.py')).toThrow('ENOENT');
  });
});

describe('a submission in a folder', () => {
  it('holds the entry and everything below', () => {
    const folder = folderOf({ 'solution.py': 'a', 'parts/sum.py': 'b', 'NOTES.md': 'c' });
    expect(program(readSubmission(lab, folder))).toEqual({
      language: 'py',
      entry: 'solution.py',
      files: { 'solution.py': 'a', 'parts/sum.py': 'b', 'NOTES.md': 'c' },
    });
  });

  it('is in the language of the lab that comes first, or in the one asked for', () => {
    const folder = folderOf({ 'solution.py': 'a', 'solution.ts': 'b' });
    expect(program(readSubmission(lab, folder)).entry).toBe('solution.py');
    expect(program(readSubmission(lab, folder, 'ts')).entry).toBe('solution.ts');
  });

  it('may hold JavaScript where TypeScript is asked for', () => {
    expect(program(readSubmission(lab, folderOf({ 'solution.js': 'a' }))).language).toBe('js');
  });

  it('is rejected without the entry, naming what was looked for', () => {
    expect(reason(readSubmission(lab, folderOf({ 'answer.py': 'a' })))).toContain(
      'solution.py or solution.ts or solution.js',
    );
    expect(reason(readSubmission(lab, folderOf({ 'solution.py': 'a' }), 'ts'))).not.toContain('.py');
  });

  it('leaves out what tools leave behind', () => {
    const folder = folderOf({
      'solution.py': 'a',
      '.git/config': 'x',
      '__pycache__/a.pyc': 'x',
      'node_modules/x/index.js': 'x',
      '.env': 'SECRET',
    });
    expect(Object.keys(program(readSubmission(lab, folder)).files)).toEqual(['solution.py']);
  });

  it('follows no link out of it', () => {
    const secret = join(folderOf({ 'secret.txt': 'SECRET' }), 'secret.txt');
    const folder = folderOf({ 'solution.py': 'a' });
    symlinkSync(secret, join(folder, 'notes.md'));
    symlinkSync('/etc', join(folder, 'etc'));
    expect(Object.keys(program(readSubmission(lab, folder)).files)).toEqual(['solution.py']);
  });

  it('has no entry where the entry is a link', () => {
    const secret = join(folderOf({ 'secret.py': 'SECRET' }), 'secret.py');
    const folder = folderOf({ 'NOTES.md': 'a' });
    symlinkSync(secret, join(folder, 'solution.py'));
    expect(reason(readSubmission(lab, folder))).toContain('missing');
  });

  it('leaves out pictures, and rejects sources that are no text', () => {
    const picture = new Uint8Array([0x89, 0x50, 0xff]);
    const folder = folderOf({ 'solution.py': 'a', 'figure.png': picture });
    expect(Object.keys(program(readSubmission(lab, folder)).files)).toEqual(['solution.py']);
    writeFileSync(join(folder, 'part.py'), picture);
    expect(reason(readSubmission(lab, folder))).toContain('part.py is not UTF-8');
  });

  it('is rejected where it is too large altogether, or has too many files', () => {
    const half = 'x'.repeat(MAX_BYTES / 2 + 1);
    expect(reason(readSubmission(lab, folderOf({ 'solution.py': half, 'b.py': half })))).toContain(
      'too large',
    );
    const many = Object.fromEntries(Array.from({ length: MAX_FILES }, (_, at) => [`f${at}.py`, 'x']));
    expect(reason(readSubmission(lab, folderOf({ 'solution.py': 'x', ...many })))).toContain('more than 64');
  });
});

describe('files that were sent', () => {
  it('make a submission by the same rules', () => {
    const files = new Map<string, string | Uint8Array>([
      ['solution.ts', 'export {}'],
      ['b.ts', new TextEncoder().encode('ü')],
    ]);
    expect(program(toSubmission(lab, files, 'solution.ts'))).toEqual({
      language: 'ts',
      entry: 'solution.ts',
      files: { 'solution.ts': 'export {}', 'b.ts': 'ü' },
    });
    expect(reason(toSubmission(lab, files, 'other.ts'))).toContain('missing: other.ts');
    expect(reason(toSubmission(lab, files, 'solution'))).toContain('not known');
  });

  it('are counted in bytes, not in characters', () => {
    const files = new Map([['solution.py', 'ü'.repeat(MAX_BYTES / 2 + 1)]]);
    expect(reason(toSubmission(lab, files, 'solution.py'))).toContain('too large');
  });

  it('may be called __proto__ without changing what an object is', () => {
    const files = new Map([
      ['solution.py', 'a'],
      ['__proto__', 'b'],
    ]);
    const held = program(toSubmission(lab, files, 'solution.py')).files;
    expect(Object.keys(held)).toEqual(['solution.py', '__proto__']);
    expect(Object.getPrototypeOf(held)).toBe(Object.prototype);
  });
});

describe('a language', () => {
  it('follows the ending alone', () => {
    expect(languageOf('a/b.c/solution.py')).toBe('py');
    expect(languageOf('solution.PY')).toBeUndefined();
    expect(languageOf('constructor')).toBeUndefined();
    expect(languageOf('a.constructor')).toBeUndefined();
  });
});
