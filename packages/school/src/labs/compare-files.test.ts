import { expect, it } from 'vitest';
import { compareFiles } from './compare-files.ts';

const marks = { same: ' ', added: '+', removed: '-' };
const lines = (before: string, after: string) =>
  compareFiles({ 'a.ts': before }, { 'a.ts': after })[0]?.lines.map(({ kind, text }) => marks[kind] + text);

it('compares line by line, and numbers the lines of both', () => {
  expect(lines('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
  expect(compareFiles({ f: 'a\nb\n' }, { f: 'b\n' })[0]?.lines).toEqual([
    { kind: 'removed', before: 1, after: null, text: 'a' },
    { kind: 'same', before: 2, after: 1, text: 'b' },
  ]);
});

it('leaves out what is the same, and shows files that came or went whole', () => {
  const compared = compareFiles({ same: 'x', gone: 'a\n' }, { same: 'x', come: 'b\n' });
  expect(compared.map(({ path }) => path)).toEqual(['come', 'gone']);
  expect(compared[0]?.lines).toEqual([{ kind: 'added', before: null, after: 1, text: 'b' }]);
});

it('ends on texts that have nothing in common', () => {
  const many = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word} ${n * 7919}`).join('\n');
  const compared = compareFiles({ f: many('a') }, { f: many('b') });
  expect(compared[0]?.lines).toHaveLength(40_000);
});
