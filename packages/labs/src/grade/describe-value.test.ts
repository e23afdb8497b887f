import { describe, expect, it } from 'vitest';
import { Opaque, Ref, Tuple } from '../contract/value.ts';
import { describeDifference, describeValue } from './describe-value.ts';

describe('a value for people', () => {
  it.each([
    [null, 'null'],
    [undefined, 'null'],
    [true, 'true'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [12n, '12'],
    ['a "quoted" word', '"a \\"quoted\\" word"'],
    [[1, 'a', null], '[1, "a", null]'],
    [Tuple.holding([1, 2]), '(1, 2)'],
    [new Set([1, 2]), 'set(1, 2)'],
    [new Map([[1, 'a']]), 'map(1: "a")'],
    [{ a: 1, b: [2] }, '{a: 1, b: [2]}'],
    [new Uint8Array([1, 255]), 'bytes(1 255)'],
    [new Ref('depot'), 'depot'],
    [new Opaque('generator'), 'a value of type generator, which cannot be compared'],
  ])('%#', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('is cut where it is long', () => {
    const text = describeValue(
      Array.from({ length: 100_000 }, (_, at) => at),
      80,
    );
    expect(text.length).toBeLessThanOrEqual(80);
    expect(describeValue('x'.repeat(5000)).length).toBeLessThanOrEqual(200);
    expect(describeValue({ text: 'x'.repeat(5000) }).length).toBeLessThanOrEqual(200);
  });

  it('says how much it leaves out', () => {
    expect(
      describeValue(
        Array.from({ length: 50 }, () => 12345),
        400,
      ),
    ).toContain('12345');
    const cut = describeValue([['x'.repeat(60)], 2, 3], 40);
    expect(cut.length).toBeLessThanOrEqual(40);
  });

  it('does not follow what is nested too deep', () => {
    let deep: unknown = 1;
    for (let at = 0; at < 50; at++) deep = [deep];
    expect(describeValue(deep)).toContain('…');
  });
});

describe('a difference for people', () => {
  it('names both values', () => {
    expect(describeDifference({ path: '', expected: 3, actual: 4 })).toBe('expected 3, got 4');
  });

  it('names the place and the note', () => {
    expect(
      describeDifference({ path: '.a[2]', expected: [1], actual: [], note: '0 items instead of 1' }),
    ).toBe('expected [1] at .a[2], got [] (0 items instead of 1)');
  });

  it('stays short, whatever is in it', () => {
    const huge = 'x'.repeat(10_000);
    expect(describeDifference({ path: huge, expected: huge, actual: huge, note: huge }).length).toBeLessThan(
      1000,
    );
  });
});
