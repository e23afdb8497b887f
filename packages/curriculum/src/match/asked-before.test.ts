import { describe, expect, it } from 'vitest';
import { learnAskedBefore } from './asked-before.ts';
import { readWords } from './words.ts';

const stems = (text: string): string[] => readWords(text).map(({ stem }) => stem);

describe('questions asked before', () => {
  const before = learnAskedBefore(
    {
      cache: [
        'My bill doubles when chats are long',
        'How many chats fit on one card',
        'Long chats eat the card',
      ],
      drift: [
        'Inputs look different in winter',
        'The numbers moved since winter',
        'How do I see that inputs moved',
      ],
    },
    ['How long do I boil an egg', 'My egg smells, may I eat it'],
    (stem) => stem.length > 2,
  );

  it('tell which skill new words belong to', () => {
    const rated = before.rate(stems('the chats are too long for my card'));
    expect([...rated.keys()]).toEqual(['cache']);
    expect(rated.get('cache')).toBeGreaterThan(0.05);
    expect(before.rate(stems('winter inputs')).has('drift')).toBe(true);
  });

  it('know private life apart', () => {
    expect(before.rateEveryday(stems('may I eat this egg'))).toBeGreaterThan(0.05);
    expect(before.rateEveryday(stems('winter inputs'))).toBe(0);
  });

  it('say nothing about words that nobody used, and nothing where nothing was learnt', () => {
    expect(before.rate(stems('zebra crossing')).size).toBe(0);
    expect(before.rate([]).size).toBe(0);
    expect(learnAskedBefore({}, [], () => true).rate(['card']).size).toBe(0);
  });
});
