import { describe, expect, it } from 'vitest';
import { allowStyles } from './allow-styles.ts';

describe('a page’s policy', () => {
  it('names the nonce for styles where only scripts had it', () => {
    expect(allowStyles("default-src 'self'; script-src 'self' 'nonce-abc='; style-src 'self'")).toBe(
      "default-src 'self'; script-src 'self' 'nonce-abc='; style-src 'self' 'nonce-abc='",
    );
  });

  it('is left as it is where styles have one, where inline styles are let in, and without a nonce', () => {
    for (const policy of [
      "script-src 'nonce-abc='; style-src 'self' 'nonce-abc='",
      "script-src 'nonce-abc='; style-src 'self' 'unsafe-inline'",
      "script-src 'self'; style-src 'self'",
      "script-src 'nonce-abc='",
    ])
      expect(allowStyles(policy)).toBe(policy);
  });
});
