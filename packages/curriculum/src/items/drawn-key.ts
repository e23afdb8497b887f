import type { Family } from '../curriculum.ts';
import type { NumericParametric, ParametricSource } from '../schema/item.ts';
import { formatQuantity } from '../template/format-number.ts';
import { getCompiled } from './compiled-family.ts';
import { explain } from './draw-parameters.ts';
import type { Draw } from './draw-parameters.ts';
import { letterChoices } from './letter-choices.ts';
import { isWithin } from './tolerance.ts';
import type { NumericKey, VariantKey, WrongValue } from './variant.ts';

/** The key of a drawn variant; undefined where the draw must be made again. */
export function drawnKey(
  family: Family,
  source: ParametricSource,
  variant: string,
  draw: Draw,
): VariantKey | undefined {
  return source.kind === 'numeric'
    ? numericKey(family, source, draw)
    : optionsKey(family, source, variant, draw);
}

/** A wrong value inside the tolerance of the right one would be marked right: such a draw is made again. */
function numericKey(family: Family, source: NumericParametric, draw: Draw): NumericKey | undefined {
  const compiled = getCompiled(family);
  const { formula, unit, tolerance, accepts } = source.answer;
  const value = explain('answer.formula', () => compiled.expression(formula).evaluate(draw.scope));
  const answer = formatQuantity(value, unit);
  const wrong: WrongValue[] = [];
  for (const [n, entry] of source.wrong.entries()) {
    const at = `wrong[${n}]`;
    const wrongValue = explain(`${at}.formula`, () =>
      compiled.expression(entry.formula).evaluate(draw.scope),
    );
    if (isWithin(wrongValue, value, tolerance)) return undefined;
    const scope = { numbers: draw.scope, words: { answer, value: formatQuantity(wrongValue, unit) } };
    const fill = (what: string, text: string): string =>
      explain(`${at}.${what}`, () => compiled.template(text).fill(scope));
    wrong.push({
      value: wrongValue,
      misconception: entry.misconception ?? null,
      headline: entry.headline === undefined ? null : fill('headline', entry.headline),
      feedback: fill('feedback', entry.feedback),
    });
  }
  return { kind: 'numeric', value, unit, tolerance, accepts, wrong, feedback: '' };
}

/** Options whose texts coincide cannot be told apart: such a draw is made again. */
function optionsKey(
  family: Family,
  source: Exclude<ParametricSource, NumericParametric>,
  variant: string,
  draw: Draw,
): VariantKey | undefined {
  const compiled = getCompiled(family);
  const scope = { numbers: draw.scope, words: {} };
  const fill = (at: string, text: string): string => explain(at, () => compiled.template(text).fill(scope));
  const options = source.options.map((option, n) => ({
    text: fill(`options[${n}].text`, option.text),
    correct: option.correct,
    misconception: option.misconception ?? null,
    headline: option.headline === undefined ? null : fill(`options[${n}].headline`, option.headline),
    feedback: fill(`options[${n}].feedback`, option.feedback ?? ''),
  }));
  if (new Set(options.map((option) => option.text)).size < options.length) return undefined;
  return { kind: source.kind, options: letterChoices(`${family.id}/${variant}`, options), feedback: '' };
}
