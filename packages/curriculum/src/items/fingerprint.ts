import { sha256 } from '../hash.ts';
import type { Variant } from './variant.ts';

/** What a learner reads of a variant, without the order in which things are shown. */
type Readable = Pick<Variant, 'family' | 'prompt' | 'given' | 'key'>;

/** Equal for two variants that read the same, whatever their seeds, option order or letters. */
export function fingerprintOf(variant: Readable): string {
  const given = Object.entries(variant.given).map(([name, { value, unit }]) => [name, value, unit]);
  const text = JSON.stringify([
    variant.family,
    squash(variant.prompt),
    given.sort(),
    shownTexts(variant.key),
  ]);
  return sha256(text).slice(0, 20);
}

function shownTexts(key: Variant['key']): string[] {
  switch (key.kind) {
    case 'choice':
    case 'multi':
    case 'order':
      return key.options.map((option) => squash(option.text)).sort();
    case 'match':
      return [...key.left, ...key.right].map((choice) => squash(choice.text)).sort();
    case 'numeric':
      return [key.unit];
    case 'cloze':
    case 'short':
      return [];
  }
}

function squash(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
