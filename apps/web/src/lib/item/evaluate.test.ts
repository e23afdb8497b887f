import { describe, expect, it } from 'vitest';
import { evaluate, evaluatePad } from './evaluate.ts';

describe('the scratch pad', () => {
  it.each([
    ['2*48*32*128*2', 786432],
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['2**10', 1024],
    ['12 × 3 ÷ 4', 9],
    ['16,384 * 12', 196608],
    ['1.5e3 + .5', 1500.5],
    ['80*90%', 72],
    ['7 % 4', 3],
    ['10% * 50', 5],
    ['floor(56e9 / (128*1024*8192))', 52],
    ['max(1, 2, 3) + sqrt(16)', 7],
    ['2*GiB/MiB', 2048],
    ['10 - 4 - 3', 3],
    ['- -3', 3],
  ])('%s is %d', (line, expected) => {
    expect(evaluate(line)).toBeCloseTo(expected, 9);
  });

  it.each([
    '36 or so',
    '1 +',
    '(1',
    '1)',
    'alert(1)',
    'constructor',
    '2 3',
    '1..2',
    'sqrt',
    'min()',
    '0/0',
    '',
  ])('%j is not arithmetic', (line) => {
    expect(evaluate(line)).toBeNull();
  });

  it('carries ans from line to line past what it cannot read', () => {
    expect(evaluatePad('2*48*32*128*2\nper token\nans*16384\nans*12/2^30')).toBe(
      '786,432\n?\n12,884,901,888\n144',
    );
  });

  it('keeps empty lines empty and says infinity', () => {
    expect(evaluatePad('1/0\n\n1/3')).toBe('∞\n\n0.33333333');
  });
});
