import { describe, expect, it } from 'vitest';
import type { TestOutcome } from '../contract/result.ts';
import { tinyLab } from '../testing/tiny-lab.ts';
import { scoreTests } from './score.ts';

const { rubric } = tinyLab();

function outcomes(...passed: [line: string, passed: boolean][]): TestOutcome[] {
  return passed.map(([line, ok], at) => ({
    name: `test ${at}`,
    rubric: line,
    skill: 'adding',
    visible: false,
    passed: ok,
    message: '',
  }));
}

describe('a score', () => {
  it('is the weight of each line times the share of its tests that passed', () => {
    const score = scoreTests(rubric, outcomes(['sums', true], ['sums', false], ['boxes', true]));
    expect(score.lines.map((line) => [line.id, line.earned])).toEqual([
      ['sums', 30],
      ['boxes', 30],
      ['note', 0],
    ]);
    expect(score.total).toBe(60);
  });

  it('leaves what a person decides open, and says so', () => {
    const { lines } = scoreTests(rubric, outcomes(['sums', true], ['boxes', true]));
    expect(lines.find((line) => line.id === 'note')).toEqual({
      id: 'note',
      weight: 10,
      earned: 0,
      by: 'person',
      waiting: true,
    });
    expect(lines.filter((line) => line.waiting)).toHaveLength(1);
  });

  it('is nothing where nothing passed, or nothing was run', () => {
    expect(scoreTests(rubric, outcomes(['sums', false])).total).toBe(0);
    expect(scoreTests(rubric, []).total).toBe(0);
  });

  it('is rounded to hundredths, and sums what is shown', () => {
    const score = scoreTests(rubric, outcomes(['boxes', true], ['boxes', false], ['boxes', false]));
    expect(score.lines[1]!.earned).toBe(10);
    const thirds = scoreTests(
      [{ ...rubric[0]!, weight: 100 }],
      outcomes(['sums', true], ['sums', true], ['sums', false]),
    );
    expect(thirds.total).toBe(66.67);
  });

  it('does not count a test whose line is unknown', () => {
    expect(scoreTests(rubric, outcomes(['nowhere', true])).total).toBe(0);
  });
});
