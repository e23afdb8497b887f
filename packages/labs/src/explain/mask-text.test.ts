import { describe, expect, it } from 'vitest';
import { maskText } from './mask-text.ts';

const masked = (source: string, language: 'py' | 'ts') => maskText(source, language).replaceAll('·', '');

describe('masked', () => {
  it.each([
    ['a comment', 'py', 'a = 1 # b < 2\nc', 'a = 1 \nc'],
    ['a string', 'py', "a = 'x < \\' y' + b", 'a =  + b'],
    ['a text of several lines', 'py', 'a = """x\n"y" < 2\n"""\nb', 'a = \n\n\nb'],
    ['a string that is not closed', 'py', 'a = "x\nb < 2', 'a = \nb < 2'],
    ['comments', 'ts', 'a // x\n/* y\n */ b', 'a \n\n b'],
    ['a template', 'ts', 'a = `x ${1 < 2}` + 1', 'a =  + 1'],
    ['a pattern', 'ts', 'a = /x "/g + 1; b = 4 / 2 / 1', 'a = g + 1; b = 4 / 2 / 1'],
  ] as const)('is %s', (_, language, source, left) => {
    expect(masked(source, language)).toBe(left);
  });

  it('keeps every line and column where it was', () => {
    const source = 'if (a < "b") {\n  // why\n  return `x\ny`;\n}';
    const text = maskText(source, 'ts');
    expect(text).toHaveLength(source.length);
    expect(text.split('\n')).toHaveLength(5);
  });
});
