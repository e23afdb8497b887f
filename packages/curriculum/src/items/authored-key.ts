import type { Family } from '../curriculum.ts';
import type { OptionSource } from '../schema/item-parts.ts';
import type { AuthoredSource, MatchAuthored, NumericAuthored, OrderAuthored } from '../schema/item.ts';
import { formatQuantity } from '../template/format-number.ts';
import { getCompiled } from './compiled-family.ts';
import { explain } from './draw-parameters.ts';
import { letterChoices } from './letter-choices.ts';
import type { Diagnosis, MatchKey, NumericKey, OrderKey, VariantKey } from './variant.ts';

/** The key of an authored variant. Throws where the family has no such variant. */
export function keyOf(family: Family, source: AuthoredSource, variant: string): VariantKey {
  const seed = `${family.id}/${variant}`;
  switch (source.kind) {
    case 'choice':
    case 'multi': {
      const entry = pickEntry(source.variants, variant);
      const options = letterChoices(seed, entry.options.map(toOption));
      return { kind: source.kind, options, feedback: entry.feedback ?? source.feedback ?? '' };
    }
    case 'numeric':
      return numericKey(family, source, variant);
    case 'order':
      return orderKey(seed, pickEntry(source.variants, variant), source.feedback);
    case 'match':
      return matchKey(seed, pickEntry(source.variants, variant), source.feedback);
    case 'cloze': {
      const entry = pickEntry(source.variants, variant);
      const ids = [...(entry.prompt ?? source.prompt ?? '').matchAll(BLANK)].map((match) => match[1] ?? '');
      const blanks = ids.flatMap((id) => {
        const blank = entry.blanks[id];
        return blank
          ? [
              {
                id,
                accept: blank.accept,
                wrong: blank.wrong.map((wrong) => ({ ...wrong, ...toDiagnosis(wrong) })),
              },
            ]
          : [];
      });
      return { kind: 'cloze', blanks, feedback: entry.feedback ?? source.feedback ?? '' };
    }
    case 'short': {
      const entry = pickEntry(source.variants, variant);
      const wrong = entry.wrong.map((each) => ({ ...each, ...toDiagnosis(each) }));
      return {
        kind: 'short',
        accept: entry.accept,
        wrong,
        feedback: entry.feedback ?? source.feedback ?? '',
      };
    }
  }
}

/** A blank in a cloze prompt: `[[first]]`. */
export const BLANK = /\[\[([a-z0-9-]+)\]\]/g;

function pickEntry<T extends { id: string }>(variants: readonly T[], id: string): T {
  const entry = variants.find((each) => each.id === id);
  if (!entry) throw new Error(`there is no variant ${JSON.stringify(id)}`);
  return entry;
}

function toDiagnosis(entry: {
  misconception?: string | undefined;
  headline?: string | undefined;
  feedback?: string | undefined;
}): Diagnosis {
  return {
    misconception: entry.misconception ?? null,
    headline: entry.headline ?? null,
    feedback: entry.feedback ?? '',
  };
}

function toOption(option: OptionSource): Diagnosis & { text: string; correct: boolean } {
  return { text: option.text, correct: option.correct, ...toDiagnosis(option) };
}

function numericKey(family: Family, source: NumericAuthored, variant: string): NumericKey {
  const entry = pickEntry(source.variants, variant);
  const { value, unit, tolerance, accepts } = entry.answer;
  const numbers = Object.fromEntries(
    Object.entries(entry.given ?? {}).map(([name, given]) => [name, given.value]),
  );
  const answer = formatQuantity(value, unit);
  const wrong = entry.wrong.map((each, n) => {
    const words = { answer, value: formatQuantity(each.value, unit) };
    const fill = (text: string): string =>
      explain(`wrong[${n}]`, () => getCompiled(family).template(text).fill({ numbers, words }));
    const headline = each.headline === undefined ? null : fill(each.headline);
    return {
      value: each.value,
      misconception: each.misconception ?? null,
      headline,
      feedback: fill(each.feedback),
    };
  });
  return {
    kind: 'numeric',
    value,
    unit,
    tolerance,
    accepts,
    wrong,
    feedback: entry.feedback ?? source.feedback ?? '',
  };
}

function orderKey(
  seed: string,
  entry: OrderAuthored['variants'][number],
  feedback: string | undefined,
): OrderKey {
  const shown = letterChoices(
    seed,
    entry.sequence.map((text) => ({ text })),
  );
  // Shown in the right order, the question would answer itself.
  const inOrder = shown.every((choice, n) => choice.text === entry.sequence[n]);
  const options = inOrder
    ? shown.map(({ id }, n) => ({ id, text: shown[shown.length - 1 - n]?.text ?? '' }))
    : shown;
  const idOf = (text: string): string => options.find((choice) => choice.text === text)?.id ?? '';
  return {
    kind: 'order',
    options,
    sequence: entry.sequence.map(idOf),
    wrong: entry.wrong.map((wrong) => ({ ...toDiagnosis(wrong), sequence: wrong.sequence.map(idOf) })),
    feedback: entry.feedback ?? feedback ?? '',
  };
}

function matchKey(
  seed: string,
  entry: MatchAuthored['variants'][number],
  feedback: string | undefined,
): MatchKey {
  const left = letterChoices(
    `${seed}/left`,
    entry.pairs.map(({ left: text }) => ({ text })),
    'l-',
  );
  const texts = [...new Set([...entry.pairs.map((pair) => pair.right), ...entry.extra])];
  const right = letterChoices(
    `${seed}/right`,
    texts.map((text) => ({ text })),
    'r-',
  );
  const idOf = (choices: readonly { id: string; text: string }[], text: string): string =>
    choices.find((choice) => choice.text === text)?.id ?? '';
  const pairs = entry.pairs.map((pair) => ({
    ...toDiagnosis(pair),
    left: idOf(left, pair.left),
    right: idOf(right, pair.right),
  }));
  return { kind: 'match', left, right, pairs, feedback: entry.feedback ?? feedback ?? '' };
}
