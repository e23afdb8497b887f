import { describe, expect, it } from 'vitest';
import { findCommands } from './commands.ts';

describe('commands of the palette', () => {
  it('are found by the beginning of any of their words, in any order', () => {
    expect(findCommands('dar', true).map(({ id }) => id)).toEqual(['theme']);
    expect(findCommands('ledger verify', true).map(({ id }) => id)).toEqual(['verify']);
    expect(findCommands('zebra', true)).toEqual([]);
  });

  it('are all shown where nothing is typed, without those that a visitor cannot use', () => {
    expect(findCommands('', true).length).toBeGreaterThan(findCommands('', false).length);
    expect(findCommands('', false).some(({ learner }) => learner)).toBe(false);
  });
});
