import { describe, expect, it } from 'vitest';
import { toPlain } from './cut-lesson.ts';

describe('a formula in a passage', () => {
  it('is read without the marks of its setting', () => {
    expect(
      toPlain(String.raw`so $$\text{RRF}(d) = \sum_{\text{lists}} \frac{1}{k + \text{rank}(d)}$$ holds`),
    ).toBe('so RRF(d) = ∑ lists (1)/(k + rank(d)) holds');
  });

  it('keeps signs that are words of the formula, and names of letters', () => {
    expect(toPlain(String.raw`$$\rho \approx \lambda \cdot n_{\text{probe}} \le 2^{10}$$`)).toBe(
      'rho ≈ lambda · n_probe ≤ 2^10',
    );
  });

  it('leaves prose with a price, a brace or a path alone', () => {
    expect(toPlain('It costs $5, not {3} or C:\\text.')).toBe('It costs 5, not {3} or C:\\text.');
  });
});
