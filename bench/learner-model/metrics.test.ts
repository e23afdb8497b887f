import { describe, expect, test } from 'vitest';
import { auc, ece, logLoss } from './metrics.ts';

describe('AUC', () => {
  test('is the share of pairs in the right order', () => {
    // Right: .8 .4; wrong: .6 .2. Of the four pairs (.8,.6) (.8,.2) (.4,.2) are in order, (.4,.6) is not.
    expect(auc([0.8, 0.6, 0.4, 0.2], [1, 0, 1, 0])).toBe(0.75);
  });

  test('counts a tie as half', () => {
    expect(auc([0.5, 0.5], [1, 0])).toBe(0.5);
    // Pairs: (.7,.7) a tie, (.7,.1) in order, (.9,.7) and (.9,.1) in order: 3.5 of 4.
    expect(auc([0.7, 0.7, 0.9, 0.1], [1, 0, 1, 0])).toBe(0.875);
  });

  test('is 1 for a perfect order and 0 for its reverse', () => {
    expect(auc([0.1, 0.2, 0.3], [0, 1, 1])).toBe(1);
    expect(auc([0.3, 0.2, 0.1], [0, 1, 1])).toBe(0);
  });

  test('does not exist without both outcomes', () => {
    expect(auc([0.1, 0.2], [1, 1])).toBeNaN();
  });
});

describe('log loss', () => {
  test('is the mean of −ln of the chance given to what happened', () => {
    expect(logLoss([0.8, 0.25], [1, 0])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.75)) / 2, 12);
  });

  test('stays finite for a certainty that was wrong', () => {
    expect(logLoss([1], [0])).toBeCloseTo(-Math.log(1e-9), 6);
  });
});

describe('ECE over 15 bins of equal width', () => {
  test('weighs each bin’s gap by its size', () => {
    // .90 and .92 share the bin [.8667, .9333): mean p .91, one of two right, gap .41. .10 and .12: [.0667, .1333), mean .11, none right, gap .11.
    expect(ece([0.9, 0.92, 0.1, 0.12], [1, 0, 0, 0])).toBeCloseTo(0.41 / 2 + 0.11 / 2, 12);
  });

  test('is nothing where shares equal chances', () => {
    expect(ece([0.5, 0.5], [1, 0])).toBe(0);
  });

  test('puts p = 1 into the last bin', () => {
    expect(ece([1, 0.95], [1, 1])).toBeCloseTo(0.025, 12);
  });
});
