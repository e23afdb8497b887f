import { describe, expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

describe('a message of the grader', () => {
  it('is taken apart where it compares two values', () => {
    expect(readMessage('step 2, limiter.next(0): expected "x", got null')).toMatchObject({
      got: 'null',
      at: '',
      wanted: '"x"',
    });
  });

  it('tells the place in the value', () => {
    expect(readMessage('replay([…]): expected 2 at [3].cost, got 3 (a boolean)')).toMatchObject({
      got: '3 (a boolean)',
      at: '[3].cost',
      wanted: '2',
    });
  });

  it('is not misled by a text that looks like a place', () => {
    expect(readMessage('say(): expected "meet at noon", got "no"')).toMatchObject({
      wanted: '"meet at noon"',
      at: '',
    });
  });

  it('stays whole where something was raised or a program decided', () => {
    for (const message of [
      'step 1, Box() raised KeyError: a (solution.py line 3)',
      'tenants were not fair',
      '',
    ])
      expect(readMessage(message)).toEqual({ got: null, at: '', wanted: '', message });
  });
});
