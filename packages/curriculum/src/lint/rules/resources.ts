import type { LintRule } from '../rule.ts';
import { skillFile } from '../rule.ts';

/** A written skill points to at least one resource and says why each is worth the time. */
export const resources: LintRule = {
  name: 'resources',
  check({ written, error }) {
    for (const skill of written) {
      const file = skillFile(skill);
      if (skill.resources.length === 0)
        error(file, ['resources'], 'names no resource; point to what to read next');
      for (const [n, { url, why }] of skill.resources.entries()) {
        if (why === '') error(file, ['resources', n], `does not say why ${url} is worth the time; add why`);
      }
    }
  },
};
