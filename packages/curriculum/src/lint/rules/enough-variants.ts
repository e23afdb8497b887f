import { listFingerprints } from '../../items/count-variants.ts';
import type { LintRule } from '../rule.ts';
import { skillFile } from '../rule.ts';
import { findRepeat } from '../simulate-checks.ts';

const ALL = 40;
const PRACTISABLE = 28;

/** Enough different variants that two checks, the practice between them and two reviews never repeat one. */
export const enoughVariants: LintRule = {
  name: 'enough-variants',
  check({ written, families, error }) {
    for (const skill of written) {
      const own = families(skill).map((family) => ({
        id: family.id,
        kind: family.kind,
        use: family.use,
        fingerprints: listFingerprints(family),
      }));
      const count = (list: typeof own): number =>
        list.reduce((sum, family) => sum + family.fingerprints.length, 0);
      const all = count(own);
      const practisable = count(own.filter((family) => family.use === 'any'));
      const file = skillFile(skill);
      if (all < ALL)
        error(
          file,
          [],
          `has ${all} different variants; at least ${ALL} are needed, so add variants or a parametric family`,
        );
      if (practisable < PRACTISABLE) {
        error(
          file,
          [],
          `has ${practisable} different variants outside use: check; at least ${PRACTISABLE} are needed`,
        );
      }
      const repeat = findRepeat(own);
      if (repeat !== undefined)
        error(file, [], `runs out of fresh variants in ${repeat}; add variants to the smaller families`);
    }
  },
};
