import type { LintRule } from '../rule.ts';
import { lessonFile } from '../rule.ts';

const SHORTEST = 700;
const LONGEST = 1400;

/** A written skill has a lesson of 700 to 1,400 words of prose. */
export const lessonLength: LintRule = {
  name: 'lesson-length',
  check({ written, error }) {
    for (const skill of written) {
      const file = lessonFile(skill);
      if (!skill.lesson) error(file, [], 'is missing: a written skill has a lesson');
      else if (skill.lesson.words < SHORTEST) {
        error(
          file,
          [],
          `has ${skill.lesson.words} words of prose; ${SHORTEST} to ${LONGEST} are asked, so explain what is missing`,
        );
      } else if (skill.lesson.words > LONGEST) {
        error(
          file,
          [],
          `has ${skill.lesson.words} words of prose; ${SHORTEST} to ${LONGEST} are asked, so cut what the criterion does not need`,
        );
      }
    }
  },
};
