import type { Result } from '@edirae/labs/browser';
import { describe, expect, it } from 'vitest';
import { toLearnerResult } from './run-result.ts';

const outcome = (name: string, passed: boolean) => ({
  name,
  rubric: 'sums',
  skill: 'adding',
  visible: true,
  passed,
  message: passed ? '' : `${name}: expected 2, got 3`,
});
const result = (tests: Result['tests']): Result => ({
  version: 1,
  lab: 'tiny',
  language: 'py',
  sandbox: 'pyodide',
  seed: 1,
  status: tests.every(({ passed }) => passed) ? 'passed' : 'failed',
  reason: null,
  tests,
  score: { total: 0, lines: [{ id: 'sums', weight: 100, earned: 0, by: 'tests', waiting: false }] },
  stdout: '',
  truncated: false,
  resources: { wallMs: 1, cpuMs: 1, peakMemoryMb: 1 },
});
const lab = {
  visible: ['a', 'b', 'c'].map((name) => ({ name, rubric: 'sums', steps: [`run(${name})`], expects: '2' })),
  rubric: [{ id: 'sums', title: 'Sums', weight: 100, by: 'tests' as const, skills: [], file: null }],
};

describe('a run in the browser', () => {
  it('is told with the first test that does not pass, as it is written for its reader', () => {
    const told = toLearnerResult(lab, result([outcome('a', true), outcome('b', false), outcome('c', false)]));
    expect(told.firstFailure).toMatchObject({
      name: 'b',
      steps: ['run(b)'],
      message: 'b: expected 2, got 3',
    });
    expect(told.visible.map(({ passed }) => passed)).toEqual([true, false, false]);
    expect(told.hidden).toEqual([]);
    expect(told.score.lines[0]?.title).toBe('Sums');
  });

  it('that passes has nothing to mend', () => {
    expect(toLearnerResult(lab, result([outcome('a', true)])).firstFailure).toBeNull();
  });
});
