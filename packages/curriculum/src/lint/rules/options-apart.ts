import { normaliseText } from '../../items/normalise-text.ts';
import type { LintRule } from '../rule.ts';
import { sampleVariants, spotOf } from '../sample-variants.ts';

const LUMPED =
  /^(all|none|both|neither) of (the (above|other|others|options|answers)|these|them)\b|\b(all|none) of the above\b/i;

/** Options stand on their own: no "all of the above", and no two that read the same. */
export const optionsApart: LintRule = {
  name: 'options-apart',
  check({ skills, families, error }) {
    for (const family of skills.flatMap(families)) {
      for (const variant of sampleVariants(family)) {
        const { key } = variant;
        if (key.kind !== 'choice' && key.kind !== 'multi') continue;
        const lumped = key.options.find((option) => LUMPED.test(option.text));
        if (lumped)
          error(
            family.file,
            spotOf(family, variant),
            `offers “${lumped.text}”; write an option that says something itself`,
          );
        const texts = key.options.map((option) => normaliseText(option.text));
        // Numbers lose their signs in comparison (1.5 and 15), so texts are only compared where they hold words.
        const words = texts.filter((text) => /\p{L}{3}/u.test(text));
        if (new Set(words).size < words.length && !family.parametric && !hasSigns(key.options)) {
          error(family.file, spotOf(family, variant), 'has two options that read the same');
        }
      }
    }
  },
};

/** Formulas and code differ by signs alone. */
function hasSigns(options: readonly { text: string }[]): boolean {
  return options.some((option) => /[`$=<>+*/^\d]/.test(option.text));
}
