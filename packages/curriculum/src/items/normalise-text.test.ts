import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseText } from './normalise-text.ts';

describe('texts that count as the same', () => {
  test.each([
    ['Grouped-Query Attention', 'grouped query attention'],
    ['GQA', 'gqa'],
    ['G.Q.A.', 'GQA'],
    ['  key   value ', 'key value'],
    ['keyvalue', 'key value'],
    ['naïve', 'naive'],
    ['Erdős', 'erdos'],
    ['ﬁne', 'fine'],
    ['R&D', 'R and D'],
    ["Little's law", 'Little’s law'],
    ['“quoted”', 'quoted'],
    ['TTFT\n', 'ttft'],
    ['²', '2'],
    ['>=', '> ='],
  ])('%j and %j', (a, b) => {
    expect(normaliseText(a)).toBe(normaliseText(b));
  });
});

describe('texts that do not', () => {
  test.each([
    ['key', 'keys'],
    ['16', '61'],
    ['>=', '<='],
    ['@', '#'],
    ['', 'a'],
    ['α', 'β'],
  ])('%j and %j', (a, b) => {
    expect(normaliseText(a)).not.toBe(normaliseText(b));
  });
});

test('normalising twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const once = normaliseText(text);
      expect(normaliseText(once)).toBe(once);
    }),
  );
});
