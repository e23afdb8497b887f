import type { LintRule } from '../rule.ts';
import { normaliseText } from '../../items/normalise-text.ts';
import { sampleVariants, spotOf } from '../sample-variants.ts';

/** No two variants of a family read the same, and no two families ask the same. */
export const promptRepeats: LintRule = {
  name: 'prompt-repeats',
  check({ curriculum, skills, families, error, warning }) {
    const asked = new Map<string, string>();
    for (const family of curriculum.families.values()) {
      const { prompt } = family.source;
      if (prompt === undefined || prompt.length < 60) continue;
      const key = `${family.kind} ${normaliseText(prompt)}`;
      const first = asked.get(key);
      if (first === undefined) asked.set(key, family.id);
      else if (skills.some((skill) => skill.id === family.skill)) {
        warning(
          family.file,
          ['prompt'],
          `asks the same as ${first}; ask something else or merge the families`,
        );
      }
    }
    for (const family of skills.flatMap(families)) {
      if (family.parametric) continue;
      const seen = new Map<string, string>();
      for (const variant of sampleVariants(family)) {
        const first = seen.get(variant.fingerprint);
        if (first === undefined) seen.set(variant.fingerprint, variant.variant);
        else
          error(
            family.file,
            spotOf(family, variant),
            `variant ${variant.variant} reads the same as ${first}; change what it asks`,
          );
      }
    }
  },
};
