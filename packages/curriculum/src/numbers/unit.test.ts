import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findScale } from './unit-table.ts';
import { findUnit, isSameDimension } from './unit.ts';
import type { Unit } from './unit.ts';

function unit(text: string): Unit {
  const found = findUnit(text);
  if (!found) throw new Error(`${text} is no unit`);
  return found;
}

/** How many of `to` one `from` is. */
function convert(from: string, to: string): number {
  expect(isSameDimension(unit(from), unit(to)), `${from} and ${to}`).toBe(true);
  return unit(from).factor / unit(to).factor;
}

describe('conversion', () => {
  test.each([
    ['GB', 'B', 1e9],
    ['GiB', 'B', 2 ** 30],
    ['GiB', 'GB', 1.073741824],
    ['TiB', 'GiB', 1024],
    ['kB', 'bytes', 1000],
    ['KB', 'kB', 1],
    ['gb', 'GB', 1],
    ['gib', 'GiB', 1],
    ['gigabytes', 'GB', 1],
    ['Gb', 'MB', 125],
    ['Gbit', 'Gb', 1],
    ['bits', 'B', 1 / 8],
    ['Gbps', 'MB/s', 125],
    ['s', 'ms', 1000],
    ['µs', 'ns', 1000],
    ['μs', 'us', 1],
    ['min', 's', 60],
    ['hours', 'min', 60],
    ['day', 'h', 24],
    ['month', 'h', 730],
    ['year', 'month', 12],
    ['TFLOP', 'GFLOP', 1000],
    ['TFLOPS', 'TFLOP/s', 1],
    ['PFLOP/s', 'TFLOPS', 1000],
    ['GHz', 'MHz', 1000],
    ['Hz', '1/s', 1],
    ['GB/s', 'MB/ms', 1],
    ['TB/s', 'GB/s', 1000],
    ['tokens/s', 'tokens/min', 60],
    ['tok/s', 'token/s', 1],
    ['tokens per second', 'tokens/s', 1],
    ['requests/s', 'rps', 1],
    ['req/min', 'requests/h', 60],
    ['QPS', 'queries/s', 1],
    ['FLOP/byte', 'FLOP/B', 1],
    ['kWh', 'J', 3.6e6],
    ['kW', 'J/s', 1000],
    ['W', 'mW', 1000],
    ['USD', '$', 1],
    ['cents', '$', 0.01],
    ['$/h', '$ per hour', 1],
    ['$/1M tokens', '$/token', 1e-6],
    ['$/M tokens', '$/million tokens', 1],
    ['$/1k requests', '$/request', 1e-3],
    ['%', '', 0.01],
    ['x', '×', 1],
    ['million', 'thousand', 1000],
    ['GPU-hours', 'GPU h', 1],
    ['GPU hours', 'gpu minutes', 60],
    ['replicas', 'replica', 1],
    ['queries', 'query', 1],
    ['batches', 'batch', 1],
    ['boxes', 'box', 1],
  ])('one %s is so many %s', (from, to, times) => {
    const found = convert(from, to);
    expect(Math.abs(found - times)).toBeLessThan(1e-9 * times);
  });

  test.each([
    ['GB', 's'],
    ['GB', 'GB/s'],
    ['tokens', 'requests'],
    ['replicas', 'GPUs'],
    ['$', '€'],
    ['J', 'W'],
    ['FLOP', 'FLOPS'],
    ['Hz', 's'],
  ])('%s and %s measure different things', (a, b) => {
    expect(isSameDimension(unit(a), unit(b))).toBe(false);
  });
});

test('words that are in no table stand for themselves and are marked so', () => {
  expect(unit('replicas').known).toBe(false);
  expect(unit('GPU-hours').known).toBe(false);
  expect(unit('GB').known).toBe(true);
  expect(unit('').known).toBe(true);
});

test.each(['<script>', '""', '{}', '(GB)', 'a'.repeat(61), '€€€€'])('%s is no unit', (text) => {
  expect(findUnit(text)).toBeUndefined();
});

test('a suffix that only scales is told from a unit', () => {
  expect(findScale('k')).toBe(1000);
  expect(findScale('B')).toBe(1e9);
  expect(findScale('GB')).toBeUndefined();
});

test('any text is a unit with a positive factor, or none', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80, unit: 'binary' }), (text) => {
      const found = findUnit(text);
      return found === undefined || found.factor > 0;
    }),
  );
});
