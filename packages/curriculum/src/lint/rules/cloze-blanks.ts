import { BLANK } from '../../items/authored-key.ts';
import type { LintRule } from '../rule.ts';

/** Every `[[blank]]` of a cloze prompt is defined, and every defined blank occurs once. */
export const clozeBlanks: LintRule = {
  name: 'cloze-blanks',
  check({ skills, families, error }) {
    for (const family of skills.flatMap(families)) {
      const { source } = family;
      if (source.kind !== 'cloze') continue;
      for (const [n, variant] of source.variants.entries()) {
        const shown = [...(variant.prompt ?? source.prompt ?? '').matchAll(BLANK)].map(
          (match) => match[1] ?? '',
        );
        for (const id of shown) {
          if (!(id in variant.blanks))
            error(family.file, ['variants', n], `shows [[${id}]] but defines no blank ${id}`);
        }
        for (const id of Object.keys(variant.blanks)) {
          const times = shown.filter((each) => each === id).length;
          if (times !== 1)
            error(
              family.file,
              ['variants', n, 'blanks', id],
              `occurs ${times} times in the prompt; write [[${id}]] once`,
            );
        }
      }
    }
  },
};
