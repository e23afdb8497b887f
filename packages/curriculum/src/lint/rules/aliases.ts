import { normaliseText } from '../../items/normalise-text.ts';
import type { LintRule } from '../rule.ts';
import { skillFile } from '../rule.ts';

/** An alias says something the title does not, once, and leads to one skill. */
export const aliases: LintRule = {
  name: 'aliases',
  check({ curriculum, skills, error, warning }) {
    const owners = new Map<string, string[]>();
    for (const skill of curriculum.skills.values()) {
      for (const name of new Set([skill.title, ...skill.aliases].map(normaliseText))) {
        owners.set(name, [...(owners.get(name) ?? []), skill.id]);
      }
    }
    for (const skill of skills) {
      const seen = new Set<string>([normaliseText(skill.title)]);
      for (const [n, alias] of skill.aliases.entries()) {
        const name = normaliseText(alias);
        const spot = ['aliases', n];
        if (seen.has(name))
          error(skillFile(skill), spot, `“${alias}” repeats the title or another alias; remove it`);
        seen.add(name);
        const other = owners.get(name)?.find((id) => id !== skill.id);
        if (other !== undefined)
          warning(
            skillFile(skill),
            spot,
            `“${alias}” also leads to ${other}; keep it where people mean it most`,
          );
      }
    }
  },
};
