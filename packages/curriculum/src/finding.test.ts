import { expect, test } from 'vitest';
import { errorIn, sortFindings, warningIn } from './finding.ts';

test('findings are sorted by file, line, rule and message', () => {
  const first = errorIn('b', 'a.yaml', 'm', 2);
  const second = warningIn('a', 'a.yaml', 'm', 10);
  const third = errorIn('b', 'a.yaml', 'l', 10);
  const fourth = errorIn('b', 'a.yaml', 'm', 10);
  const last = errorIn('a', 'b.yaml', 'm');
  expect(sortFindings([last, fourth, third, second, first])).toEqual([first, second, third, fourth, last]);
});

test('a finding without a line comes first in its file', () => {
  const whole = errorIn('a', 'a.yaml', 'm');
  const line = errorIn('a', 'a.yaml', 'm', 1);
  expect(sortFindings([line, whole])).toEqual([whole, line]);
  expect(whole).toEqual({ severity: 'error', rule: 'a', file: 'a.yaml', line: null, message: 'm' });
});
