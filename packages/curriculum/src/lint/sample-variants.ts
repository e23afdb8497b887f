import type { Family } from '../curriculum.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { compileVariant, listVariants } from '../items/compile-variant.ts';
import type { Variant } from '../items/variant.ts';

/** Enough seeds to tell a habit from chance. */
const SEEDS = 24;

const cache = new WeakMap<Family, readonly Variant[]>();

/** Some variants of a family to look at: all authored ones, two dozen seeds of a parametric one. */
export function sampleVariants(family: Family): readonly Variant[] {
  const known = cache.get(family);
  if (known) return known;
  const ids = family.parametric
    ? Array.from({ length: SEEDS }, (_, seed) => String(seed))
    : listVariants(family);
  const variants = ids.flatMap((id) => {
    try {
      return [compileVariant(family, id)];
    } catch (error) {
      // Verification reports what cannot be compiled.
      if (error instanceof ExpressionError) return [];
      throw error;
    }
  });
  cache.set(family, variants);
  return variants;
}

/** Where a variant stands in its file, as far as a line can be told. */
export function spotOf(family: Family, variant: Variant): (string | number)[] {
  const index = listVariants(family).indexOf(variant.variant);
  return index < 0 ? [] : ['variants', index];
}
