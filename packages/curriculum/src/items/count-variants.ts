import type { Family } from '../curriculum.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { compileVariant, listVariants } from './compile-variant.ts';

/** Seeds sampled of a parametric family; more than any learner will meet. */
const SAMPLE = 500;

const cache = new WeakMap<Family, readonly string[]>();

/** Fingerprints of a family's different variants: all of an authored one, those of up to 500 seeds of a parametric one. */
export function listFingerprints(family: Family): readonly string[] {
  const known = cache.get(family);
  if (known) return known;
  const ids = family.parametric
    ? Array.from({ length: SAMPLE }, (_, seed) => String(seed))
    : listVariants(family);
  const found = new Set<string>();
  for (const id of ids) {
    try {
      found.add(compileVariant(family, id).fingerprint);
    } catch (error) {
      // What cannot be compiled is reported by verification; here it is simply no variant.
      if (!(error instanceof ExpressionError)) throw error;
      break;
    }
  }
  const fingerprints = [...found];
  cache.set(family, fingerprints);
  return fingerprints;
}

/** How many different variants a family has; a parametric one is sampled and counts at most 500. */
export function countVariants(family: Family): number {
  return listFingerprints(family).length;
}
