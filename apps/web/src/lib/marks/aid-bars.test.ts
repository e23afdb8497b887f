import { describe, expect, it } from 'vitest';
import { aidBar, aidFinding } from './aid-bars.ts';

describe('with help, and alone', () => {
  it('prints no share under thirty', () => {
    const few = aidBar({ n: 29, correct: 20 });
    expect(few.figures).toBeNull();
    expect(aidFinding(few, aidBar({ n: 90, correct: 60 }))).toContain('Under 30');
  });

  it('calls only what chance does not explain a difference', () => {
    expect(aidFinding(aidBar({ n: 62, correct: 52 }), aidBar({ n: 130, correct: 70 }))).toContain(
      '30 points more',
    );
    // The intervals overlap a little, and yet the difference is real.
    expect(aidFinding(aidBar({ n: 67, correct: 55 }), aidBar({ n: 133, correct: 85 }))).toContain(
      '18 points more',
    );
    expect(aidFinding(aidBar({ n: 40, correct: 30 }), aidBar({ n: 40, correct: 28 }))).toContain(
      'what chance allows',
    );
    expect(aidFinding(aidBar({ n: 60, correct: 20 }), aidBar({ n: 60, correct: 50 }))).toContain(
      'more alone',
    );
  });
});
