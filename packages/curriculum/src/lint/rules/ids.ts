import type { LintRule } from '../rule.ts';
import { skillFile } from '../rule.ts';

/** An id, once given, belongs to one thing for ever: nothing takes over what another was formerly called. */
export const ids: LintRule = {
  name: 'ids',
  check({ curriculum, error }) {
    const former = new Map<string, string>();
    const claim = (id: string, owner: string, file: string): void => {
      const taken =
        former.get(id) ?? (curriculum.skills.has(id) || curriculum.families.has(id) ? id : undefined);
      if (taken !== undefined)
        error(
          file,
          ['formerly'],
          `formerly ${id}, but that id belongs to ${taken}; an id is never used twice`,
        );
      former.set(id, owner);
    };
    for (const skill of curriculum.skills.values()) {
      for (const id of skill.formerly) claim(id, skill.id, skillFile(skill));
    }
    for (const family of curriculum.families.values()) {
      for (const id of family.formerly) claim(id, family.id, family.file);
      if (curriculum.skills.has(family.id))
        error(family.file, ['id'], `${family.id} is the id of a skill; give the family one of its own`);
    }
  },
};
