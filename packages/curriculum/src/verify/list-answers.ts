import type { Variant } from '../items/variant.ts';

/** An answer as a client would send it, with what must come of it. */
export interface TestAnswer {
  input: unknown;
  /** The answer in words, for a message. */
  shown: string;
  /** The misconception it must name; null where none is authored. */
  misconception: string | null;
}

/** The answers a variant's author has an opinion on. */
export function listAnswers(variant: Variant): { right: TestAnswer[]; wrong: TestAnswer[] } {
  const { key } = variant;
  switch (key.kind) {
    case 'choice':
      return {
        right: key.options.filter((option) => option.correct).map((option) => answer(option.id, option.text)),
        wrong: key.options
          .filter((option) => !option.correct)
          .map((o) => answer(o.id, o.text, o.misconception)),
      };
    case 'multi': {
      const ids = key.options.filter((option) => option.correct).map((option) => option.id);
      return {
        right: [answer(ids, ids.join())],
        wrong: key.options
          .filter((option) => !option.correct)
          .map((option) => answer([...ids, option.id], option.text, option.misconception)),
      };
    }
    case 'numeric':
      return {
        right: [
          answer({ value: key.value, unit: key.unit }, String(key.value)),
          answer({ value: String(key.value), unit: '' }, String(key.value)),
        ],
        wrong: key.wrong.map((wrong) =>
          answer({ value: wrong.value, unit: key.unit }, String(wrong.value), wrong.misconception),
        ),
      };
    case 'order':
      return {
        right: [answer(key.sequence, key.sequence.join())],
        wrong: key.wrong.map((wrong) => answer(wrong.sequence, wrong.sequence.join(), wrong.misconception)),
      };
    case 'match': {
      const matched = Object.fromEntries(key.pairs.map((pair) => [pair.left, pair.right]));
      const wrong = key.pairs.flatMap((pair) => {
        const other = key.right.find((choice) => choice.id !== pair.right);
        return other ? [answer({ ...matched, [pair.left]: other.id }, pair.left, pair.misconception)] : [];
      });
      return { right: [answer(matched, 'all pairs')], wrong };
    }
    case 'cloze': {
      const first = Object.fromEntries(key.blanks.map((blank) => [blank.id, blank.accept[0] ?? '']));
      const with1 = (id: string, text: string, misconception: string | null): TestAnswer =>
        answer({ ...first, [id]: text }, `${id}: ${text}`, misconception);
      return {
        right: key.blanks.flatMap((blank) => blank.accept.map((text) => with1(blank.id, text, null))),
        wrong: key.blanks.flatMap((blank) =>
          blank.wrong.flatMap((wrong) =>
            wrong.accept.map((text) => with1(blank.id, text, wrong.misconception)),
          ),
        ),
      };
    }
    case 'short':
      return {
        right: key.accept.map((text) => answer(text, text)),
        wrong: key.wrong.flatMap((wrong) =>
          wrong.accept.map((text) => answer(text, text, wrong.misconception)),
        ),
      };
  }
}

function answer(input: unknown, shown: string, misconception: string | null = null): TestAnswer {
  return { input, shown, misconception };
}
