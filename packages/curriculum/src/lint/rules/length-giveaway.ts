import type { Variant } from '../../items/variant.ts';
import type { LintRule } from '../rule.ts';
import { sampleVariants } from '../sample-variants.ts';

/** How much longer the right option must be to stand out, as a ratio and in characters. */
const CLEARLY = 1.25;
const CHARACTERS = 10;

/** The right option is not clearly the longest in most variants of a family. */
export const lengthGiveaway: LintRule = {
  name: 'length-giveaway',
  check({ skills, families, error }) {
    for (const family of skills.flatMap(families)) {
      if (family.kind !== 'choice') continue;
      const variants = sampleVariants(family);
      const given = variants.filter(standsOut).length;
      if (given * 2 > variants.length) {
        error(
          family.file,
          [],
          `the right option is clearly the longest in ${given} of ${variants.length} variants; shorten it or give the distractors as much detail`,
        );
      }
    }
  },
};

function standsOut({ key }: Variant): boolean {
  if (key.kind !== 'choice') return false;
  const right = key.options.find((option) => option.correct)?.text.length ?? 0;
  const longest = Math.max(
    ...key.options.filter((option) => !option.correct).map((option) => option.text.length),
  );
  return right > longest * CLEARLY && right - longest >= CHARACTERS;
}
