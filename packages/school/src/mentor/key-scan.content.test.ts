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
});
