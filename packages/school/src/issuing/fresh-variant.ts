import { anyVariant, findVariant, type Family, type Variant } from '@edirae/curriculum';
import { createRandom, isFresh, type FamilyNode, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { Retraction } from '../store/retractions.ts';

/** What may be shown to one learner now: never a retracted item, and by preference one they have not seen for 90 days. */
export interface VariantChooser {
  /** A fresh variant of the family, or null where none is left. */
  fresh(family: string, seed: string): Variant | null;
  /** Any variant, fresh or not; null where all are retracted. */
  any(family: string, seed: string): Variant | null;
  /** Something fresh is left, and it may be practised: a `use: check` family never is. */
  canPractise(family: string): boolean;
}

const ANY_TRIES = 20;

export function createVariantChooser(
  school: School,
  state: LearnerState,
  now: number,
  retractions: readonly Retraction[],
): VariantChooser {
  const familyOf = (id: string): Family | undefined =>
    retractions.some((r) => r.family === id && r.variant === null)
      ? undefined
      : school.curriculum.families.get(id);
  const isRetracted = (family: string, variant: string) =>
    retractions.some((r) => r.family === family && (r.variant === null || r.variant === variant));
  const wasIssued = (family: string) => (fingerprint: string) => !isFresh(state, family, fingerprint, now);

  const chooser: VariantChooser = {
    fresh(id, seed) {
      const family = familyOf(id);
      if (!family) return null;
      const random = createRandom(seed);
      const passed = new Set<string>();
      const used = wasIssued(id);
      for (let tries = 0; tries < ANY_TRIES; tries++) {
        const variant = findVariant(
          family,
          (fingerprint) => passed.has(fingerprint) || used(fingerprint),
          random,
        );
        if (!variant || !isRetracted(id, variant.handle)) return variant;
        passed.add(variant.fingerprint);
      }
      return null;
    },
    any(id, seed) {
      const family = familyOf(id);
      if (!family) return null;
      const random = createRandom(seed);
      for (let tries = 0; tries < ANY_TRIES; tries++) {
        const variant = anyVariant(family, random);
        if (!isRetracted(id, variant.handle)) return variant;
      }
      return null;
    },
    canPractise: (id) => familyOf(id)?.use === 'any' && chooser.fresh(id, `probe/${id}`) !== null,
  };
  return chooser;
}

/**
 * Whether a fresh answer on a family may still be given: an item of it is open, or something fresh is left to practise. Of a retracted
 * family nothing is owed any more: its retraction took that back.
 */
export function practisableBy(school: School, state: LearnerState, now: number): (family: string) => boolean {
  const chooser = createVariantChooser(school, state, now, []);
  const open = Object.values(state.openIssues).filter(
    ({ place, fresh, retryOf, aid }) => place === 'practice' && fresh && retryOf === null && aid === 'none',
  );
  return (id) => open.some(({ family }) => family === id) || chooser.canPractise(id);
}

/** The first family, in order of preference, that has something fresh. */
export function firstFresh(
  chooser: VariantChooser,
  families: readonly FamilyNode[],
  seed: string,
): Variant | null {
  for (const family of families) {
    const variant = chooser.fresh(family.id, `${seed}/${family.id}`);
    if (variant) return variant;
  }
  return null;
}
