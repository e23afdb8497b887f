import { describe, expect, it } from 'vitest';
import type { Variant, VariantKey } from '@edirae/curriculum';
import { createKeyScan } from './key-scan.ts';

function variantOf(key: VariantKey, prompt = 'How much memory does it take?'): Variant {
  return {
    family: 'f',
    familyHash: 'h',
    familyVersion: 'v',
    skill: 's',
    variant: '1',
    handle: '1',
    kind: key.kind,
    level: 2,
    title: 'T',
    prompt,
    given: {},
    hints: [],
    solution: '',
    fingerprint: 'p',
    key,
    misconceptions: [],
  };
}
const numeric = (value: number, unit = 'GiB'): VariantKey => ({
  kind: 'numeric',
  value,
  unit,
  tolerance: { kind: 'relative', amount: 0.02 },
  accepts: [],
  wrong: [],
  feedback: '',
});
const option = (id: string, text: string, correct: boolean) => ({
  id,
  text,
  correct,
  misconception: null,
  headline: null,
  feedback: '',
});

describe('the answer of an open item', () => {
  it.each(['It is 300.', 'You get 300 GiB', '≈ 301 GiB of memory', 'The result: **300**', '3e2 GiB', '300'])(
    'is known again as a number: %s',
    (text) => {
      expect(createKeyScan([variantOf(numeric(300))])(text)).toBe(true);
    },
  );

  it.each(['Multiply by 2 and add 7.', 'Use 128 heads', 'In 2023 it was measured'])(
    'is not seen where it is not: %s',
    (text) => {
      expect(createKeyScan([variantOf(numeric(300))])(text)).toBe(false);
    },
  );

  it('is seen in a small number only where an answer is announced or has its unit', () => {
    const scan = createKeyScan([variantOf(numeric(2))]);
    expect(scan('There are 2 vectors for each position of the sequence, a key and a value.')).toBe(false);
    expect(scan('So the answer is 2')).toBe(true);
    expect(scan('That comes to 2 GiB per device')).toBe(true);
  });

  it('is known again as an option, by its words or its letter', () => {
    const scan = createKeyScan([
      variantOf({
        kind: 'choice',
        options: [
          option('a', 'Raise the batch size until the device is full', false),
          option('b', 'Move the weights to eight bits and keep the cache', true),
        ],
        feedback: '',
      }),
    ]);
    expect(scan('I would move the weights to eight bits, and keep the cache as it is.')).toBe(true);
    expect(scan('The correct option is B.')).toBe(true);
    expect(scan('Pick (b)')).toBe(true);
    expect(scan('Think about what a byte of weight costs.')).toBe(false);
    expect(scan('Option A raises the batch.')).toBe(false);
  });

  it('is known again as a word', () => {
    const scan = createKeyScan([variantOf({ kind: 'short', accept: ['roofline'], wrong: [], feedback: '' })]);
    expect(scan('The answer is the roofline.')).toBe(true);
    expect(scan('Draw bandwidth against intensity first.')).toBe(false);
  });

  it('is known again however it is spaced, and though the question names it too', () => {
    const shape: VariantKey = {
      kind: 'choice',
      options: [option('a', '[8, 32]', false), option('b', '[32, 8, 64]', true)],
      feedback: '',
    };
    const scan = createKeyScan([
      variantOf(shape, 'A tensor of 32, 8, 64 is reshaped. Which shape comes out?'),
    ]);
    expect(scan('Sure. The answer is [32  8, 64].')).toBe(true);
    expect(scan('It goes in as 32, 8, 64 and is then cut along the last axis, one piece a head.')).toBe(
      false,
    );
    const words: VariantKey = {
      kind: 'choice',
      options: [option('a', "Each user's stream slows", true), option('b', 'Nothing changes', false)],
      feedback: '',
    };
    expect(createKeyScan([variantOf(words)])("Look: each user's stream slows down.")).toBe(true);
  });

  it('is nothing where no item is open', () => {
    expect(createKeyScan([])('The answer is 300')).toBe(false);
  });
});
