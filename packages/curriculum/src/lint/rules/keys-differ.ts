import { compileVariant, listVariants } from '../../items/compile-variant.ts';
import { ExpressionError } from '../../expression/expression-error.ts';
import type { Variant } from '../../items/variant.ts';
import type { LintRule } from '../rule.ts';

/** The variants of an authored family have different keys: knowing one answer must not answer the next. */
export const keysDiffer: LintRule = {
  name: 'keys-differ',
  check({ skills, families, error }) {
    for (const family of skills.flatMap(families)) {
      const seen = new Map<string, string>();
      for (const [n, id] of listVariants(family).entries()) {
        const key = findKey(() => compileVariant(family, id));
        if (key === undefined) continue;
        const first = seen.get(key);
        if (first !== undefined)
          error(
            family.file,
            ['variants', n],
            `variant ${id} has the same answer as ${first}; ask for something else`,
          );
        else seen.set(key, id);
      }
    }
  },
};

/** What one would remember of the answer, without the rest of the item. */
function findKey(compile: () => Variant): string | undefined {
  try {
    const { key } = compile();
    const text = (choices: readonly { id: string; text: string }[], id: string): string =>
      choices.find((choice) => choice.id === id)?.text ?? '';
    switch (key.kind) {
      case 'choice':
      case 'multi':
        return JSON.stringify(
          key.options
            .filter((option) => option.correct)
            .map((option) => option.text)
            .sort(),
        );
      case 'numeric':
        return JSON.stringify([key.value, key.unit]);
      case 'order':
        return JSON.stringify(key.sequence.map((id) => text(key.options, id)));
      case 'match':
        return JSON.stringify(
          key.pairs.map((pair) => [text(key.left, pair.left), text(key.right, pair.right)]).sort(),
        );
      case 'cloze':
        return JSON.stringify(key.blanks.map((blank) => blank.accept[0]?.toLowerCase()));
      case 'short':
        return JSON.stringify(key.accept[0]?.toLowerCase());
    }
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
