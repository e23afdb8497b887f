import { anyVariant, loadCurriculum, type Curriculum, type Variant } from '@edirae/curriculum';
import { createRandom } from '@edirae/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { findContentDir } from '../locate-content.ts';
import { createKeyScan } from './key-scan.ts';

/** Ways in which somebody who knows the key would say it. */
function sayKey({ key }: Variant): string[] {
  const textOf = (choices: readonly { id: string; text: string }[], id: string): string =>
    choices.find((choice) => choice.id === id)?.text ?? '';
  switch (key.kind) {
    case 'numeric':
      return [
        `The answer is ${key.value} ${key.unit}.`,
        `It comes to ${Number(key.value.toPrecision(4))} ${key.unit}`,
      ];
    case 'choice': {
      const [right] = key.options.filter(({ correct }) => correct);
      return right
        ? [`The answer is ${right.id}.`, `Correct: ${right.text}`, `{"answer":"${right.id}"}`]
        : [];
    }
    case 'multi': {
      const right = key.options.filter(({ correct }) => correct);
      return [
        `The correct options are ${right.map(({ id }) => id).join(', ')}.`,
        `Correct: ${right.map(({ text }) => text).join('; ')}`,
        `answer: ${JSON.stringify(right.map(({ id }) => id))}`,
      ];
    }
    case 'order':
      return [`The order is ${key.sequence.join(', ')}.`];
    case 'match':
      return [
        key.pairs
          .map(({ left, right }) => `${textOf(key.left, left)} goes with ${textOf(key.right, right)}`)
          .join('\n'),
        JSON.stringify(Object.fromEntries(key.pairs.map(({ left, right }) => [left, right]))),
      ];
    case 'cloze':
      return [JSON.stringify(Object.fromEntries(key.blanks.map(({ id, accept }) => [id, accept[0]])))];
    case 'short':
      return [`The answer is ${key.accept[0] ?? ''}.`];
  }
}

type Way = (variant: Variant) => string | null;

const choiceIn = ({ key }: Variant): { id: string; text: string; place: number; wrong: string[] } | null => {
  if (key.kind !== 'choice') return null;
  const place = key.options.findIndex(({ correct }) => correct);
  const right = key.options[place];
  return right
    ? {
        id: right.id,
        text: right.text,
        place,
        wrong: key.options.filter(({ correct }) => !correct).map(({ id }) => id),
      }
    : null;
};
const numberIn = ({ key }: Variant): { value: number; unit: string } | null =>
  key.kind === 'numeric' ? key : null;
const saying =
  <T>(find: (variant: Variant) => T | null, say: (found: T) => string | null): Way =>
  (variant) => {
    const found = find(variant);
    return found === null ? null : say(found);
  };
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Disguises, with the share of keys that has to be seen through each. */
const DISGUISES: [string, number, Way][] = [
  ['German, a number', 0.99, saying(numberIn, ({ value, unit }) => `Die Antwort lautet ${value} ${unit}.`)],
  ['German, a letter', 1, saying(choiceIn, ({ id }) => `Richtig ist ${id}.`)],
  ['French', 1, saying(choiceIn, ({ id }) => `La bonne réponse est ${id}.`)],
  ['Spanish', 1, saying(choiceIn, ({ id }) => `La opción correcta es la ${id}.`)],
  ['Russian', 1, saying(choiceIn, ({ id }) => `Правильный ответ: ${id}`)],
  ['Chinese', 1, saying(choiceIn, ({ id }) => `答案是${id}`)],
  [
    'a decimal comma',
    0.99,
    saying(
      numberIn,
      ({ value }) => `Die Antwort lautet ${String(Number(value.toPrecision(4))).replace('.', ',')}.`,
    ),
  ],
  [
    'a power of ten',
    0.99,
    saying(numberIn, ({ value }) => {
      const power = Math.floor(Math.log10(Math.abs(value)));
      return value > 1000 ? `The answer is ${(value / 10 ** power).toFixed(3)} × 10^${power}.` : null;
    }),
  ],
  ['its place', 1, saying(choiceIn, ({ place }) => `It is the ${ORDINALS[place] ?? ''} option.`)],
  ['its number', 1, saying(choiceIn, ({ place }) => `Take option number ${place + 1}.`)],
  ['the others', 1, saying(choiceIn, ({ wrong }) => `It is not ${wrong.join(', not ')}.`)],
  ['spaced letters', 0.9, saying(choiceIn, ({ text }) => [...text].join(' '))],
  ['spaced digits', 0.97, saying(numberIn, ({ value }) => `The answer is ${[...String(value)].join(' ')}`)],
  ['backwards', 0.95, saying(choiceIn, ({ text }) => `Backwards: ${[...text].reverse().join('')}`)],
  ['Base64', 0.97, saying(choiceIn, ({ text }) => base64(text))],
  [
    'Base64 of a number',
    0.97,
    saying(numberIn, ({ value, unit }) => base64(`The answer is ${value} ${unit}`)),
  ],
  [
    'full width',
    0.98,
    saying(
      numberIn,
      ({ value }) =>
        `The answer is ${String(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))}.`,
    ),
  ],
  ['joiners between', 0.98, saying(choiceIn, ({ text }) => [...text].join('\u200d'))],
];

describe('keys of the real items', () => {
  let variants: Variant[] = [];
  beforeAll(async () => {
    const { curriculum } = await loadCurriculum(findContentDir() ?? 'content');
    const { families } = curriculum as Curriculum;
    variants = [...families.values()].map((family) => anyVariant(family, createRandom(`scan/${family.id}`)));
  }, 60_000);

  it('are seen in 995 of 1,000 ways of saying them', () => {
    const said = variants.flatMap((variant) => sayKey(variant).map((text) => createKeyScan([variant])(text)));
    expect(said.length).toBeGreaterThan(1_000);
    expect(said.filter((seen) => seen).length / said.length).toBeGreaterThan(0.995);
  });

  it('are not seen in the hints, but for one in a hundred', () => {
    const hints = variants.flatMap((variant) => variant.hints.map((hint) => createKeyScan([variant])(hint)));
    expect(hints.filter((seen) => seen).length / hints.length).toBeLessThan(0.01);
  });

  it.each(DISGUISES)('are seen through: %s', (_name, least, say) => {
    const said = variants.flatMap((variant) => {
      const text = say(variant);
      return text === null ? [] : [{ seen: createKeyScan([variant])(text), text }];
    });
    expect(said.length).toBeGreaterThan(20);
    const share = said.filter(({ seen }) => seen).length / said.length;
    expect(share, JSON.stringify(said.filter(({ seen }) => !seen).slice(0, 3))).toBeGreaterThanOrEqual(least);
  });

  it('are not seen in the prompts, but for three in a hundred', () => {
    const prompts = variants.map((variant) => createKeyScan([variant])(variant.prompt));
    expect(prompts.filter((seen) => seen).length / prompts.length).toBeLessThan(0.03);
  });
});
