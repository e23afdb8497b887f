import { describe, expect, it } from 'vitest';
import { diffFiles, diffTexts } from './line-diff.ts';

const lines = (...texts: (string | number)[]): string => `${texts.join('\n')}\n`;

describe('two texts, line by line', () => {
  it('show what came and what went, with the line numbers of each side', () => {
    expect(diffTexts(lines('a', 'b', 'c'), lines('a', 'x', 'c'))).toEqual([
      { kind: 'same', text: 'a', before: 1, after: 1 },
      { kind: 'removed', text: 'b', before: 2, after: null },
      { kind: 'added', text: 'x', before: null, after: 2 },
      { kind: 'same', text: 'c', before: 3, after: 3 },
    ]);
  });

  it('leave out what both share, but for three lines around each difference', () => {
    const many = Array.from({ length: 20 }, (_, n) => n);
    const rows = diffTexts(lines(...many), lines(...many.map((n) => (n === 10 ? 'ten' : n))));
    expect(rows.map((row) => (row.kind === 'skipped' ? row.lines : row.text))).toEqual([
      7,
      '7',
      '8',
      '9',
      '10',
      'ten',
      '11',
      '12',
      '13',
      6,
    ]);
  });

  it('agree where only the end of the last line is missing', () => {
    expect(diffTexts('a\nb', 'a\nb\n')).toEqual([]);
    expect(diffTexts('', '')).toEqual([]);
  });
});

describe('two sets of files', () => {
  it('tell which came, went and changed, and leave out the rest', () => {
    const before = { 'a.py': 'a\n', 'b.py': 'b\n', 'c.py': 'c\n', 'empty.py': '' };
    const after = { 'a.py': 'A\n', 'b.py': 'b\n', 'd.py': 'd\n' };
    expect(diffFiles(before, after).map(({ path, change }) => `${change} ${path}`)).toEqual([
      'changed a.py',
      'removed c.py',
      'added d.py',
      'removed empty.py',
    ]);
  });
});
