import { describe, expect, it } from 'vitest';
import { indexPhrases } from './phrases.ts';
import { readWords } from './words.ts';

const FILLER = new Set(['the', 'our', 'is', 'system', 'of']);
const find = (says: string[], text: string): string[] =>
  indexPhrases(
    says.map((say) => ({ say, value: say })),
    { cost: ['bill', 'price'] },
    (word) => FILLER.has(word),
  )
    .find(readWords(text))
    .map(({ value }) => value);

describe('phrases', () => {
  it('are found by their stems, with words of no subject or few others between', () => {
    expect(find(['prompt injection'], 'Prompts and the injections')).toEqual(['prompt injection']);
    expect(find(['prompt injection'], 'prompt is about one two three four injection')).toEqual([]);
  });

  it('do not reach over the end of a clause', () => {
    expect(find(['gpu bill'], 'We have a GPU. The bill is fine.')).toEqual([]);
  });

  it('keep their order where they have no alternatives, unless nothing stands between', () => {
    expect(find(['decision rights'], 'rights for automated loan decisions')).toEqual([]);
    expect(find(['decision rights'], 'rights decisions')).toEqual(['decision rights']);
    expect(find(['<cost> gpu'], 'our gpu huge bill')).toEqual(['<cost> gpu']);
    expect(find(['loss nan|infinite'], 'infinite training loss')).toEqual(['loss nan|infinite']);
  });

  it('cover lighter ones inside them, and are not weightier by words of no subject', () => {
    expect(find(['prompt', 'prompt injection'], 'prompt injection')).toEqual(['prompt injection']);
    expect(find(['prompt', 'prompt injection'], 'prompt injection, and a prompt')).toEqual([
      'prompt',
      'prompt injection',
    ]);
    expect(find(['rag', 'rag system'], 'a rag system').sort()).toEqual(['rag', 'rag system']);
  });

  it('of joining words and one other are not found by that one alone', () => {
    expect(find(['a/a test'], 'test')).toEqual([]);
    expect(find(['on call'], 'call')).toEqual([]);
    expect(find(['on call'], 'on call')).toEqual(['on call']);
  });
});
