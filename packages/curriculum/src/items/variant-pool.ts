import type { Family } from '../curriculum.ts';
import { createSeededRandom, drawInteger } from '../random.ts';
import { compileVariant, listVariants, SEED_LIMIT } from './compile-variant.ts';

/** Seeds tried at a time, and at most: of a family with a thousand variants the last one in twenty may stay unfound. */
const STEP = 300;
const MOST = 3_000;

/** What is known of a family's variants, by fingerprint: compiling one to see whether it was used costs more than all else in showing it. */
export interface VariantPool {
  /** Variant by fingerprint. */
  readonly known: ReadonlyMap<string, string>;
  /** Looks for more; gives those that are new, none once all is found or enough was tried. Throws ExpressionError where formulas fail. */
  extend(): string[];
}

const pools = new WeakMap<Family, VariantPool>();

/** The family's pool, kept with the family. It is found in the same order in every process. */
export function getVariantPool(family: Family): VariantPool {
  const kept = pools.get(family);
  if (kept) return kept;
  const pool = family.parametric ? drawnPool(family) : authoredPool(family);
  pools.set(family, pool);
  return pool;
}

function drawnPool(family: Family): VariantPool {
  const known = new Map<string, string>();
  const random = createSeededRandom(`pool/${family.id}`);
  let tried = 0;
  return {
    known,
    extend() {
      const found: string[] = [];
      for (const end = Math.min(MOST, tried + STEP); tried < end; tried++) {
        const variant = String(drawInteger(random, SEED_LIMIT));
        const { fingerprint } = compileVariant(family, variant);
        if (known.has(fingerprint)) continue;
        known.set(fingerprint, variant);
        found.push(fingerprint);
      }
      return found;
    },
  };
}

function authoredPool(family: Family): VariantPool {
  const known = new Map<string, string>();
  return {
    known,
    extend() {
      if (known.size > 0) return [];
      for (const variant of listVariants(family))
        known.set(compileVariant(family, variant).fingerprint, variant);
      return [...known.keys()];
    },
  };
}
