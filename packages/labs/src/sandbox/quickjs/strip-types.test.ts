import { describe, expect, it } from 'vitest';
import { SourceError, stripTypes } from './strip-types.ts';

describe('types are removed', () => {
  it.each([
    ['annotations', 'const a: number = 1 as number;', 'const a = 1 ;'],
    ['interfaces', 'interface A { b: number }\nlet c = 1;', '\nlet c = 1;'],
    ['imports of types', "import type { A } from './a.ts';\nlet b: A;", '\nlet b;'],
    ['generics', 'function f<T>(a: T): T { return a }', 'function f(a) { return a }'],
    ['what is certain', 'a!.b!.c', 'a.b.c'],
  ])('%s', (_, source, expected) => {
    expect(squeeze(stripTypes('a.ts', source))).toBe(squeeze(expected));
  });

  it('and lines stay where they are, so that errors point at what was written', () => {
    const source = 'interface A {\n  b: number;\n}\n\nexport function f(a: A): number {\n  return a.b;\n}\n';
    const lines = stripTypes('a.ts', source).split('\n');
    expect(lines.findIndex((line) => line.includes('function f'))).toBe(4);
    expect(lines).toHaveLength(source.split('\n').length);
  });

  it('from enums and parameter properties, which have a meaning when they run', () => {
    const source = `enum E { A = 1, B } class C { constructor(readonly x: number) {} } return [E.B, E[2], new C(5).x];`;
    expect(new Function(stripTypes('a.ts', source))()).toEqual([2, 'B', 5]);
  });

  it('only where there are any: JavaScript stays as it is', () => {
    const source = 'const a = b < c > (d);';
    expect(stripTypes('a.js', source)).toBe(source);
    expect(stripTypes('a.mjs', source)).toBe(source);
  });

  it('newer syntax is left to the interpreter', () => {
    const source = 'export const a = b?.c ?? 1_000; class D { #e = 1; static { this.f = 2; } }';
    expect(squeeze(stripTypes('a.mts', source))).toBe(squeeze(source));
  });
});

describe('what cannot be read', () => {
  it.each(['function (', 'const a: = 1;', '@', '('.repeat(200_000)])(
    'is an error of its author: %#',
    (source) => {
      expect(() => stripTypes('solution.ts', source)).toThrow(SourceError);
    },
  );

  it('names the file', () => {
    try {
      stripTypes('solution.ts', 'let a = ;');
      expect.unreachable();
    } catch (error) {
      expect((error as SourceError).file).toBe('solution.ts');
      expect((error as SourceError).message).not.toContain('transforming');
    }
  });
});

function squeeze(text: string): string {
  return text
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(' ;', ';')
    .trim();
}
