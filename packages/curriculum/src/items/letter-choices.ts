import { createSeededRandom, shuffle } from '../random.ts';
import type { Choice } from './variant.ts';

/**
 * Shuffles choices and gives them letters in the order shown, so that neither letter nor place tells which one the
 * author wrote first. The same family and variant give the same order for ever.
 */
export function letterChoices<T extends { text: string }>(
  seed: string,
  choices: readonly T[],
  prefix = '',
): (T & Choice)[] {
  const random = createSeededRandom(`order/${seed}`);
  return shuffle(choices, random).map((choice, n) => ({ ...choice, id: `${prefix}${letter(n)}` }));
}

function letter(n: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + n);
}
