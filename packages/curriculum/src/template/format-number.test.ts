import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFixed, formatNumber, formatQuantity } from './format-number.ts';

describe('numbers as readers want them', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [-7, '-7'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
    [-1234567, '-1,234,567'],
    [16.000000000000004, '16'],
    [0.1 + 0.2, '0.3'],
    [17.18, '17.18'],
    [17.179869184, '17.18'],
    [17.2, '17.2'],
    [1234.5678, '1,235'],
    [0.0123456, '0.01235'],
    [0.00012346, '0.0001235'],
    [1 / 3, '0.3333'],
    [0.00001234, '1.234 × 10⁻⁵'],
    [1.5e24, '1.5 × 10²⁴'],
    [999999999999999, '999,999,999,999,999'],
    [1e15, '1 × 10¹⁵'],
    [123456789012345, '123,456,789,012,345'],
    [312e12, '312,000,000,000,000'],
  ])('%d', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test.each([
    [2.71959, 2, '2.72'],
    [1234.5, 1, '1,234.5'],
    [2, 3, '2.000'],
    [-0.001, 1, '0.0'],
    [1.005, 2, '1.00'],
    [1e20, 1, '1 × 10²⁰'],
  ])('%d with %d decimals', (value, decimals, text) => {
    expect(formatFixed(value, decimals)).toBe(text);
  });

  test.each([
    [16, 'GiB', '16 GiB'],
    [1500, '', '1,500'],
    [12.5, '%', '12.5%'],
    [3.2, '$', '$3.2'],
    [-3.2, '$', '-$3.2'],
    [0.25, '$/h', '$0.25/h'],
    [30, '/s', '30/s'],
    [30, 'requests/s', '30 requests/s'],
  ])('%d %s', (value, unit, text) => {
    expect(formatQuantity(value, unit)).toBe(text);
  });
});

test('four significant digits are kept of every number', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-4, max: 1e12, noNaN: true }), (value) => {
      const read = Number(formatNumber(value).replaceAll(',', ''));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(value * 6e-4);
    }),
  );
});
