import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNumber } from '../template/format-number.ts';
import { parseNumber } from './parse-number.ts';

describe('numbers as people write them', () => {
  test.each([
    ['17', 17, ''],
    ['17.2', 17.2, ''],
    ['17.', 17, ''],
    ['.5', 0.5, ''],
    ['-3', -3, ''],
    ['−3', -3, ''],
    ['+3', 3, ''],
    ['17.2 GB', 17.2, 'GB'],
    ['17.2GB', 17.2, 'GB'],
    ['17.2 GB/s', 17.2, 'GB/s'],
    ['17.2e9', 17.2e9, ''],
    ['1.7E-3', 1.7e-3, ''],
    ['17,200,000', 17_200_000, ''],
    ['17,200.5', 17_200.5, ''],
    ['17 200', 17_200, ''],
    ['17 200 000 tokens', 17_200_000, 'tokens'],
    ['17\u00a0200', 17_200, ''],
    ['17\u2009200', 17_200, ''],
    ['17_200', 17_200, ''],
    ["17'200", 17_200, ''],
    ['17’200', 17_200, ''],
    ['1,500', 1500, ''],
    ['1.7×10^10', 1.7e10, ''],
    ['1.7 x 10^10 B', 1.7e10, 'B'],
    ['1.7 · 10**10', 1.7e10, ''],
    ['1.7 × 10¹⁰', 1.7e10, ''],
    ['1.7 × 10⁻³ s', 1.7e-3, 's'],
    ['10^9', 1e9, ''],
    ['10⁹ B', 1e9, 'B'],
    ['2^30', 2 ** 30, ''],
    ['2**10 KiB', 1024, 'KiB'],
    ['12.5%', 12.5, '%'],
    ['12.5 %', 12.5, '%'],
    ['3/4', 0.75, ''],
    ['-3/4', -0.75, ''],
    ['5EB', 5, 'EB'],
    ['5 EiB', 5, 'EiB'],
    ['8B', 8, 'B'],
    ['~17', 17, ''],
    ['≈ 17 GB', 17, 'GB'],
    ['= 17', 17, ''],
    ['  17  ', 17, ''],
    ['１７', 17, ''],
  ])('%s', (text, value, unit) => {
    const parsed = parseNumber(text);
    expect(parsed).toMatchObject({ ok: true, unit });
    if (parsed.ok) expect(parsed.value).toBeCloseTo(value, 9);
  });

  test.each([
    ['$3.20', 3.2, '$'],
    ['$ 1,200', 1200, '$'],
    ['-$4', -4, '$'],
    ['$-4', -4, '$'],
    ['€5', 5, '€'],
  ])('%s is money', (text, value, currency) => {
    expect(parseNumber(text)).toEqual({ ok: true, value, unit: '', currency });
  });
});

describe('what has two readings or none is a problem that says what to write', () => {
  test.each([
    ['1,5', /1\.5 if the comma is a decimal point/],
    ['0,125', /0\.125 if/],
    ['17,20', /17\.20 if/],
    ['1,50,000', /could not be read as one number/],
    ['1.500.000', /1500000/],
    ['1.234,5', /1234\.5/],
    ['17.2.3', /could not be read/],
    ['1 2', /Thousands are separated by threes/],
    ['12 34', /Thousands are separated by threes/],
    ['', /Type a number/],
    ['   ', /Type a number/],
    ['abc', /could not be read as a number/],
    ['GB', /could not be read as a number/],
    ['x10^3', /could not be read as a number/],
    ['1/0', /fraction/],
    ['1e400', /too large/],
    ['10^999', /too large/],
    ['NaN', /could not be read/],
    ['Infinity', /could not be read/],
    ['9'.repeat(100), /too long/],
  ])('%s', (text, problem) => {
    const parsed = parseNumber(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problem).toMatch(problem);
  });
});

test('every finite number is read back as it was printed by the machine', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const parsed = parseNumber(String(value));
      expect(parsed).toMatchObject({ ok: true, unit: '' });
      if (parsed.ok) expect(Object.is(parsed.value, value) || parsed.value === value).toBe(true);
    }),
  );
});

test('every number we print is read back within what we print of it', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e18, max: 1e18, noNaN: true }), (value) => {
      const parsed = parseNumber(formatNumber(value));
      expect(parsed.ok).toBe(true);
      if (parsed.ok)
        expect(Math.abs(parsed.value - value)).toBeLessThanOrEqual(Math.abs(value) * 6e-4 + 1e-300);
    }),
  );
});

test('any text is answered at once, with a number or a problem', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
      const parsed = parseNumber(text);
      return parsed.ok ? Number.isFinite(parsed.value) : parsed.problem.length > 0;
    }),
    { numRuns: 2000 },
  );
  const started = performance.now();
  parseNumber(`${'1,'.repeat(39)}x`);
  parseNumber(' '.repeat(79) + '1');
  expect(performance.now() - started).toBeLessThan(50);
});
