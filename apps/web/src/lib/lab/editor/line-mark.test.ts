import { describe, expect, it } from 'vitest';
import { findMark } from './line-mark.ts';

describe('the line that a message names', () => {
  it('is found as the harness and as Python say it', () => {
    const raised = 'step 2, add(1) raised KeyError: a (parts/totals.py line 12)';
    expect(findMark(raised)).toEqual({ path: 'parts/totals.py', line: 12, message: raised });
    expect(findMark("did not start: SyntaxError: expected ':' (solution.py, line 4)")).toMatchObject({
      path: 'solution.py',
      line: 4,
    });
  });

  it('is none where no file is named', () => {
    expect(findMark('step 2, add(1): expected 2, got 3 (line 4)')).toBeUndefined();
    expect(findMark('')).toBeUndefined();
  });
});
