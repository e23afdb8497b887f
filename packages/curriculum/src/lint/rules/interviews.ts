import { INTERVIEWS_FILE } from '../../load/load-guides.ts';
import type { LintRule } from '../rule.ts';

/** A prompt leads to skills that exist, and to it leads a guide. */
export const interviews: LintRule = {
  name: 'interviews',
  check({ whole, curriculum, error }) {
    if (!whole) return;
    const asked = new Set(curriculum.careers.flatMap(({ interview }) => interview.prompts));
    for (const [n, { id, skills }] of curriculum.interviewPrompts.entries()) {
      for (const skill of skills) {
        if (!curriculum.skills.has(skill))
          error(INTERVIEWS_FILE, [n, 'skills'], `${skill} is no skill; correct the id`);
      }
      if (!asked.has(id)) error(INTERVIEWS_FILE, [n, 'id'], `no career asks ${id}; add it to a guide`);
    }
  },
};
