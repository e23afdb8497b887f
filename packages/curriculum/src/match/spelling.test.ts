import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSlips, createSpelling } from './spelling.ts';

const spelling = createSpelling(
  ['kubernetes', 'quantisation', 'latency', 'retrieval', 'caching', 'drift', 'kafka', 'rag'],
  new Set(['coaching', 'draft']),
);

describe('spelling', () => {
  it.each([
    ['kuberntes', 'kubernetes'],
    ['qauntisation', 'quantisation'],
    ['latancy', 'latency'],
    ['retreival', 'retrieval'],
    ['driftt', 'drift'],
    ['kakfa', 'kafka'],
  ])('takes %s for %s', (word, meant) => {
    expect(spelling.findMeant(word)).toBe(meant);
  });

  it.each(['kubernetes', 'coaching', 'draft', 'rg', 'ragu', 'sourdough', 'gpt4', 'banking', ''])(
    'leaves %s as it is',
    (word) => {
      expect(spelling.findMeant(word)).toBeUndefined();
    },
  );

  it('counts a letter more, less, other or swapped as one slip each', () => {
    expect(countSlips('drift', 'drift', 2)).toBe(0);
    expect(countSlips('drft', 'drift', 2)).toBe(1);
    expect(countSlips('driift', 'drift', 2)).toBe(1);
    expect(countSlips('dirft', 'drift', 2)).toBe(1);
    expect(countSlips('draft', 'drift', 2)).toBe(1);
    expect(countSlips('abcdef', 'ghijkl', 2)).toBe(3);
  });

  it('is the same both ways', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(countSlips(a, b, 9)).toBe(countSlips(b, a, 9));
      }),
    );
  });
});
