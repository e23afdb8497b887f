import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letterChoices } from './letter-choices.ts';

const TEXTS = ['one', 'two', 'three', 'four'].map((text) => ({ text }));

test('choices keep all they carry and get the letters in the order shown', () => {
  const lettered = letterChoices(
    'seed',
    TEXTS.map(({ text }, n) => ({ text, n })),
  );
  expect(lettered.map((choice) => choice.id)).toEqual(['a', 'b', 'c', 'd']);
  for (const { text, n } of lettered) expect(TEXTS[n]?.text).toBe(text);
});

test('the order of a seed is pinned for ever', () => {
  expect(letterChoices('kv-cache/a', TEXTS).map((choice) => choice.text)).toMatchInlineSnapshot(`
    [
      "one",
      "two",
      "four",
      "three",
    ]
  `);
  expect(letterChoices('kv-cache/b', TEXTS).map((choice) => choice.text)).toMatchInlineSnapshot(`
    [
      "two",
      "four",
      "one",
      "three",
    ]
  `);
});

test('a prefix tells two sides apart', () => {
  expect(letterChoices('s', TEXTS, 'l-').map((choice) => choice.id)).toEqual(['l-a', 'l-b', 'l-c', 'l-d']);
});

test('the author’s order and the letters have nothing to do with each other', () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 1200; n++) {
    const id = letterChoices(`f/${n}`, TEXTS).find((choice) => choice.text === 'one')?.id ?? '';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  for (const id of ['a', 'b', 'c', 'd']) expect(Math.abs((counts.get(id) ?? 0) - 300)).toBeLessThan(75);
});

test('nothing is lost or doubled, whatever the seed', () => {
  fc.assert(
    fc.property(fc.string(), fc.uniqueArray(fc.string(), { maxLength: 12 }), (seed, texts) => {
      const lettered = letterChoices(
        seed,
        texts.map((text) => ({ text })),
      );
      expect(lettered.map((choice) => choice.text).toSorted()).toEqual(texts.toSorted());
      expect(new Set(lettered.map((choice) => choice.id)).size).toBe(texts.length);
    }),
  );
});
