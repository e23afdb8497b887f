import { describe, expect, it } from 'vitest';
import { labTitle, placeInLine, seconds } from './lab-words.ts';

describe('words about labs', () => {
  it('tell short times with a tenth and limits as they are', () => {
    expect(seconds(400)).toBe('0.4 s');
    expect(seconds(5000)).toBe('5 s');
    expect(seconds(40_000)).toBe('40 s');
    expect(seconds(12_345)).toBe('12 s');
  });

  it('count who is served before', () => {
    expect(placeInLine(0)).toBe('Next in line');
    expect(placeInLine(2)).toBe('Third in line');
    expect(placeInLine(11)).toBe('Number 12 in line');
  });

  it('say which capstone it is, once', () => {
    expect(labTitle({ title: 'A release train', capstone: 2 })).toBe('Capstone 2: A release train');
    expect(labTitle({ title: 'Capstone 2: a release train', capstone: 2 })).toBe(
      'Capstone 2: a release train',
    );
    expect(labTitle({ title: 'Drift monitor', capstone: null })).toBe('Drift monitor');
  });
});
