import type { LintRule } from '../rule.ts';

/** Every distractor has feedback that corrects it; in a multi every option says why it is in or out. */
export const distractorFeedback: LintRule = {
  name: 'distractor-feedback',
  check({ skills, families, error, warning }) {
    for (const family of skills.flatMap(families)) {
      const { source } = family;
      if (source.kind !== 'choice' && source.kind !== 'multi') {
        if (source.kind === 'numeric' && 'parameters' in source && source.wrong.length === 0) {
          error(family.file, [], 'names no wrong formula; add the ones people use, with feedback');
        }
        continue;
      }
      const lists =
        'variants' in source
          ? source.variants.map((variant, n) => ({
              options: variant.options,
              path: ['variants', n, 'options'],
            }))
          : [{ options: source.options, path: ['options'] }];
      for (const { options, path } of lists) {
        for (const [n, option] of options.entries()) {
          if (option.feedback !== undefined) continue;
          const message = `“${option.text.slice(0, 40)}” has no feedback; say why it is ${option.correct ? 'right' : 'wrong'}`;
          if (option.correct && source.kind === 'choice') warning(family.file, [...path, n], message);
          else error(family.file, [...path, n], message);
        }
      }
    }
  },
};
