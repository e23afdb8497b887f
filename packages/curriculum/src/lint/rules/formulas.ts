import { compileExpression } from '../../expression/compile-expression.ts';
import { ExpressionError } from '../../expression/expression-error.ts';
import { isParametric } from '../../schema/item.ts';
import { compileTemplate } from '../../template/template.ts';
import { listFormulas, listTexts } from '../family-texts.ts';
import type { LintRule } from '../rule.ts';

const RESERVED = new Set(['pi', 'e', 'answer', 'value']);

/** Formulas and templates are in the language and use only what is known where they stand. */
export const formulas: LintRule = {
  name: 'formulas',
  check({ skills, families, error, warning }) {
    for (const family of skills.flatMap(families)) {
      const { source } = family;
      if (!isParametric(source)) continue;
      const names = [...Object.keys(source.parameters), ...Object.keys(source.derived)];
      for (const name of names) {
        if (RESERVED.has(name))
          error(family.file, [], `calls a value ${name}, which the language already has; rename it`);
      }
      const used = new Set<string>();
      const report = (
        path: (string | number)[],
        text: string,
        known: readonly string[],
        read: () => readonly string[],
      ): void => {
        try {
          for (const name of read()) {
            used.add(name);
            if (!known.includes(name))
              error(family.file, path, `uses ${name}, which is neither a parameter nor derived above`);
          }
        } catch (problem) {
          if (!(problem instanceof ExpressionError)) throw problem;
          error(family.file, path, `${problem.message}: ${text.slice(0, 80)}`);
        }
      };
      for (const { path, formula, known } of listFormulas(family)) {
        report(path, formula, known, () => compileExpression(formula).names);
      }
      for (const { path, text } of listTexts(family)) {
        const early = path[0] === 'prompt' || path[0] === 'hints';
        if (early && /\{\{\s*(answer|value)\b/.test(text))
          error(family.file, path, 'prints the answer; {{ answer }} belongs into solution and feedback');
        report(path, text, [...names, 'value'], () => compileTemplate(text).names);
      }
      for (const name of names) {
        if (!used.has(name)) warning(family.file, [], `${name} is never used; use it or remove it`);
      }
    }
  },
};
