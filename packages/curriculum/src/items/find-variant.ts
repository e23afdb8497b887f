import type { Family } from '../curriculum.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { drawInteger, shuffle } from '../random.ts';
import { compileVariant, listVariants, SEED_LIMIT } from './compile-variant.ts';
import type { Variant } from './variant.ts';

/** Seeds tried before a parametric family counts as exhausted: one unused among forty is missed once in 2,000 times. */
const MOST_TRIES = 300;

/**
 * A variant whose fingerprint is not used yet, or null where none is left. `random` decides which; the search is
 * bounded, and a family whose formulas fail has none.
 */
export function findVariant(
  family: Family,
  isUsed: (fingerprint: string) => boolean,
  random: () => number,
): Variant | null {
  try {
    for (const variant of candidates(family, random)) {
      const compiled = compileVariant(family, variant);
      if (!isUsed(compiled.fingerprint)) return compiled;
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
  return null;
}

/** A variant, fresh or not. Throws ExpressionError where the family's formulas give none. */
export function anyVariant(family: Family, random: () => number): Variant {
  for (const variant of candidates(family, random)) return compileVariant(family, variant);
  throw new Error(`${family.id} has no variants`);
}

function* candidates(family: Family, random: () => number): Generator<string> {
  if (!family.parametric) yield* shuffle(listVariants(family), random);
  else for (let n = 0; n < MOST_TRIES; n++) yield String(drawInteger(random, SEED_LIMIT));
}
