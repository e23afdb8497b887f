import type { LintRule } from '../rule.ts';
import { skillFile } from '../rule.ts';

const FAMILIES = 8;
const KINDS = 3;
const PARAMETRIC = 2;
const SCENARIOS = 2;

/** A written skill has enough families, of enough kinds, at all levels. */
export const families: LintRule = {
  name: 'families',
  check({ written, families: familiesOf, error }) {
    for (const skill of written) {
      const file = skillFile(skill);
      const own = familiesOf(skill);
      const kinds = new Set(own.map((family) => family.kind));
      if (own.length < FAMILIES)
        error(file, [], `has ${own.length} item families; write at least ${FAMILIES}`);
      if (kinds.size < KINDS) error(file, [], `has families of ${kinds.size} kinds; use at least ${KINDS}`);
      for (const level of [1, 2, 3]) {
        if (!own.some((family) => family.level === level))
          error(file, [], `has no family of level ${level}; write one`);
      }
      const parametric = own.filter((family) => family.parametric).length;
      if (skill.evidence.includes('parametric-numeric') && parametric < PARAMETRIC) {
        error(
          file,
          ['evidence'],
          `lists parametric-numeric but has ${parametric} parametric families; write at least ${PARAMETRIC}`,
        );
      }
      const scenarios = own.filter((family) => family.scenario).length;
      if (scenarios < SCENARIOS)
        error(file, [], `has ${scenarios} scenario families; write at least ${SCENARIOS} (scenario: true)`);
      const practisable = own.filter((family) => family.use === 'any').length;
      if (own.length >= FAMILIES && practisable < 3)
        error(file, [], 'leaves fewer than three families for practice; set use: any on more of them');
    }
  },
};
