import type { Family } from '../curriculum.ts';
import { sha256 } from '../hash.ts';
import { createSeededRandom } from '../random.ts';
import { isParametric } from '../schema/item.ts';
import type { AuthoredSource, ParametricSource } from '../schema/item.ts';
import { formatQuantity } from '../template/format-number.ts';
import type { TemplateScope } from '../template/template.ts';
import { keyOf } from './authored-key.ts';
import { getCompiled } from './compiled-family.ts';
import { drawUntil, explain } from './draw-parameters.ts';
import type { Draw } from './draw-parameters.ts';
import { drawnKey } from './drawn-key.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Given, Variant, VariantKey } from './variant.ts';

/** Seeds are whole numbers below this. */
export const SEED_LIMIT = 2 ** 31;

/**
 * The variant of a family: a seed in decimal where it is parametric, else the id of an authored variant. The same
 * family text and variant give the same result for ever. Throws where there is no such variant, and ExpressionError
 * where the family's formulas give none.
 */
export function compileVariant(family: Family, variant: string): Variant {
  if (!hasVariant(family, variant))
    throw new Error(`${family.id} has no variant ${JSON.stringify(variant.slice(0, 40))}`);
  return isParametric(family.source)
    ? compileDrawn(family, family.source, variant)
    : compileAuthored(family, family.source, variant);
}

/** True where the family has the variant; of a parametric family every seed counts, whether or not it can be drawn. */
export function hasVariant(family: Family, variant: string): boolean {
  if (isParametric(family.source)) return /^(0|[1-9]\d{0,9})$/.test(variant) && Number(variant) < SEED_LIMIT;
  return family.source.variants.some((entry) => entry.id === variant);
}

/**
 * What a learner and the ledger see of a variant: the seed of a parametric one; of an authored one a digest, because its id
 * (`view`, `mlp`) may name the answer.
 */
export function variantHandle(family: Pick<Family, 'id' | 'parametric'>, variant: string): string {
  return family.parametric ? variant : sha256(`${family.id}/${variant}`).slice(0, 8);
}

/** The ids of an authored family's variants; empty for a parametric family. */
export function listVariants(family: Family): string[] {
  return isParametric(family.source) ? [] : family.source.variants.map((entry) => entry.id);
}

function compileDrawn(family: Family, source: ParametricSource, variant: string): Variant {
  const random = createSeededRandom(`${family.id}/${variant}`);
  const { draw, key } = drawUntil(family, source, random, (drawn) => {
    const found = drawnKey(family, source, variant, drawn);
    return found && { draw: drawn, key: found };
  });
  const open: TemplateScope = { numbers: draw.scope, words: {} };
  const closed: TemplateScope = { numbers: draw.scope, words: answerWords(key) };
  const fill = (what: string, text: string, scope: TemplateScope): string =>
    explain(what, () => getCompiled(family).template(text).fill(scope));
  return finish(family, variant, key, {
    prompt: fill('prompt', source.prompt, open),
    given: drawnGiven(source, draw),
    hints: source.hints.map((hint, n) => fill(`hints[${n}]`, hint, open)),
    solution: fill('solution', source.solution, closed),
  });
}

function drawnGiven(source: ParametricSource, draw: Draw): Record<string, Given> {
  const shown = Object.entries(source.parameters).filter(([, parameter]) => parameter.given);
  return Object.fromEntries(
    shown.map(([name, { label, unit }]) => [name, { label, value: draw.parameters[name] as number, unit }]),
  );
}

function compileAuthored(family: Family, source: AuthoredSource, variant: string): Variant {
  const entry = source.variants.find(({ id }) => id === variant);
  if (!entry) throw new Error(`${family.id} has no variant ${JSON.stringify(variant)}`);
  const key = keyOf(family, source, variant);
  const given = 'given' in entry && entry.given ? entry.given : {};
  const numbers = Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
  // Without numbers there is nothing to fill in, and {{ }} may be what the item is about (Helm, Jinja).
  const plain = key.kind !== 'numeric' && Object.keys(numbers).length === 0;
  const fill = (what: string, text: string, words: TemplateScope['words']): string =>
    plain ? text : explain(what, () => getCompiled(family).template(text).fill({ numbers, words }));
  return finish(family, variant, key, {
    prompt: fill('prompt', entry.prompt ?? source.prompt ?? '', {}),
    given: { ...given },
    hints: (entry.hints ?? source.hints ?? []).map((hint, n) => fill(`hints[${n}]`, hint, {})),
    solution: fill('solution', entry.solution ?? source.solution ?? '', answerWords(key)),
  });
}

function answerWords(key: VariantKey): Record<string, string> {
  return key.kind === 'numeric' ? { answer: formatQuantity(key.value, key.unit) } : {};
}

function finish(
  family: Family,
  variant: string,
  key: VariantKey,
  texts: Pick<Variant, 'prompt' | 'given' | 'hints' | 'solution'>,
): Variant {
  const fingerprint = fingerprintOf({ family: family.id, prompt: texts.prompt, given: texts.given, key });
  return {
    family: family.id,
    familyHash: family.hash,
    familyVersion: family.version,
    skill: family.skill,
    variant,
    handle: variantHandle(family, variant),
    kind: family.kind,
    level: family.level,
    title: family.title,
    ...texts,
    fingerprint,
    key,
    misconceptions: family.misconceptions,
  };
}
