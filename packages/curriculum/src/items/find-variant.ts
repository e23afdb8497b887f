import type { Family } from '../curriculum.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { drawInteger, shuffle } from '../random.ts';
import { compileVariant, listVariants, SEED_LIMIT } from './compile-variant.ts';
import type { Variant } from './variant.ts';
import { getVariantPool } from './variant-pool.ts';

/** Seeds drawn before we look among the variants that are known: most families have far more than anybody has seen. */
const FIRST_TRIES = 6;

/**
 * A variant whose fingerprint is not used yet, or null where none is left. `random` decides which; the search is bounded and costs little even
 * where all are used, and a family whose formulas fail has none.
 */
export function findVariant(
  family: Family,
  isUsed: (fingerprint: string) => boolean,
  random: () => number,
): Variant | null {
  try {
    return (
      (family.parametric ? drawUnused(family, isUsed, random) : null) ?? pickUnused(family, isUsed, random)
    );
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return null;
  }
}

function drawUnused(
  family: Family,
  isUsed: (fingerprint: string) => boolean,
  random: () => number,
): Variant | null {
  for (let n = 0; n < FIRST_TRIES; n++) {
    const variant = compileVariant(family, String(drawInteger(random, SEED_LIMIT)));
    if (!isUsed(variant.fingerprint)) return variant;
  }
  return null;
}

/** Among the known variants, then among those that a further look finds. */
function pickUnused(
  family: Family,
  isUsed: (fingerprint: string) => boolean,
  random: () => number,
): Variant | null {
  const pool = getVariantPool(family);
  for (let fingerprints = [...pool.known.keys()]; ;) {
    const unused = fingerprints.filter((fingerprint) => !isUsed(fingerprint));
    const picked = unused[drawInteger(random, unused.length)];
    if (picked !== undefined) return compileVariant(family, pool.known.get(picked) as string);
    fingerprints = pool.extend();
    if (fingerprints.length === 0) return null;
  }
}

/** A variant, fresh or not. Throws ExpressionError where the family's formulas give none. */
export function anyVariant(family: Family, random: () => number): Variant {
  if (family.parametric) return compileVariant(family, String(drawInteger(random, SEED_LIMIT)));
  const [variant] = shuffle(listVariants(family), random);
  if (variant === undefined) throw new Error(`${family.id} has no variants`);
  return compileVariant(family, variant);
}
