import { listMisconceptions } from '../family-texts.ts';
import type { LintRule } from '../rule.ts';
import { skillFile } from '../rule.ts';

/** Every misconception of a written skill is diagnosed by at least one item. */
export const misconceptionsUsed: LintRule = {
  name: 'misconceptions-used',
  check({ written, families, error }) {
    for (const skill of written) {
      const used = new Set(
        families(skill).flatMap((family) => listMisconceptions(family).map(({ id }) => id)),
      );
      for (const [n, { id }] of skill.misconceptions.entries()) {
        if (!used.has(id))
          error(
            skillFile(skill),
            ['misconceptions', n],
            `${id} is named by no item; give it a distractor or a wrong formula`,
          );
      }
      if (skill.misconceptions.length === 0)
        error(skillFile(skill), ['misconceptions'], 'is empty; name the beliefs the items diagnose');
    }
  },
};
