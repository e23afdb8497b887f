import type { RubricLine } from '../contract/lab.ts';
import type { Result, TestOutcome } from '../contract/result.ts';

/** Points by rubric line: the share of its tests that passed, times its weight. Lines for a person hold none yet. */
export function scoreTests(rubric: readonly RubricLine[], outcomes: readonly TestOutcome[]): Result['score'] {
  const lines = rubric.map((line) => {
    const own = outcomes.filter((outcome) => outcome.rubric === line.id);
    const share = own.length === 0 ? 0 : own.filter((outcome) => outcome.passed).length / own.length;
    const earned = line.by === 'tests' ? round(line.weight * share) : 0;
    return { id: line.id, weight: line.weight, earned, by: line.by, waiting: line.by === 'person' };
  });
  return { total: round(lines.reduce((sum, line) => sum + line.earned, 0)), lines };
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
