import type { Variant } from '../../items/variant.ts';
import { skillFile, type LintRule } from '../rule.ts';
import { sampleVariants } from '../sample-variants.ts';

/** Fewer items than this say nothing about a habit. */
const ENOUGH = 8;
/** With four options the longest is the key by chance in a quarter; beyond these shares length alone tells. */
const LONGEST_LEAST = 0.1;
const LONGEST_MOST = 0.4;
/** Positions are shuffled for each variant; a place that holds more of the keys was not shuffled well. */
const POSITION_MOST = 0.6;

/** Across a skill, neither the length nor the place of an option tells the key. Ties share a point. */
export const keyCues: LintRule = {
  name: 'key-cues',
  check({ written, families, warning }) {
    for (const skill of written) {
      // A family counts once however many seeds it has: its options are written once.
      const variants = families(skill)
        .filter((family) => family.kind === 'choice')
        .flatMap((family) => sampleVariants(family).slice(0, family.parametric ? 1 : undefined));
      if (variants.length < ENOUGH) continue;
      const longest = mean(variants.map((variant) => shareAmong(variant, (a, b) => a.length > b.length)));
      if (longest > LONGEST_MOST || longest < LONGEST_LEAST) {
        warning(
          skillFile(skill),
          'id',
          `the longest option is the key in ${percent(longest)} of ${variants.length} choice items; 15% to 40% tells nothing`,
        );
      }
      for (const [place, share] of keyPlaces(variants)) {
        if (share > POSITION_MOST) {
          warning(
            skillFile(skill),
            'id',
            `the key stands in place ${place + 1} in ${percent(share)} of ${variants.length} choice items; rename a variant to shuffle it anew`,
          );
        }
      }
    }
  },
};

/** The key's part of being first by this measure: 1 alone, a fraction in a tie, else 0. */
function shareAmong({ key }: Variant, beats: (a: string, b: string) => boolean): number {
  if (key.kind !== 'choice') return 0;
  const right = key.options.find((option) => option.correct)?.text ?? '';
  if (key.options.some((option) => beats(option.text, right))) return 0;
  return 1 / key.options.filter((option) => !beats(right, option.text)).length;
}

function keyPlaces(variants: readonly Variant[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const { key } of variants) {
    if (key.kind !== 'choice') continue;
    const place = key.options.findIndex((option) => option.correct);
    places.set(place, (places.get(place) ?? 0) + 1 / variants.length);
  }
  return places;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (share: number): string => `${Math.round(share * 100)}%`;
