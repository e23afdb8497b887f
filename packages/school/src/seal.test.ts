import { expect, it } from 'vitest';
import { findSealed, seal } from './seal.ts';

const secret = 'a secret of at least thirty-two characters';

it('opens what was sealed with the same secret, and tells nothing without it', () => {
  const sealed = seal(secret, 'mentor key', 'sk-123');
  expect(sealed).not.toContain('sk-123');
  expect(findSealed(secret, 'mentor key', sealed)).toBe('sk-123');
  expect(findSealed(`${secret}!`, 'mentor key', sealed)).toBeUndefined();
  expect(findSealed(secret, 'mentor key', `${sealed.slice(0, -2)}AA`)).toBeUndefined();
  expect(findSealed(secret, 'mentor key', 'nonsense')).toBeUndefined();
});

it('seals the same text differently each time', () => {
  expect(seal(secret, 'mentor key', 'x')).not.toBe(seal(secret, 'mentor key', 'x'));
});
