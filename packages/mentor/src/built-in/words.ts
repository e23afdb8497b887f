const SILENT = new Set(
  'a about all also an and any are as at be been but by can could did do does for from had has have how i if in into is it its just may me more most my no not of on one only or our so some such than that the their them then there these they this those to too up us very was we were what when where which who why will with would you your'.split(
    ' ',
  ),
);

/** One rough form for the inflections of a word. */
function trim(word: string): string {
  return word.length > 4 ? word.replace(/(ations?|ings?|ed|es|s|ly|e)$/, '') : word;
}

/** The words of a text that carry meaning, in one rough form each. */
export function contentWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 2 && !SILENT.has(word)).map(trim));
}

/** 0..1: the share of `wanted`'s words that `text` holds. */
export function coverage(wanted: string, text: string): number {
  const words = contentWords(wanted);
  if (words.size === 0) return 0;
  const held = contentWords(text);
  return [...words].filter((word) => held.has(word)).length / words.size;
}

/** "Can compute size and concurrency, given layers and heads." → what is done, and with what. */
export function splitCriterion(criterion: string): { act: string; given: string | null } {
  const text = criterion.replace(/^Can\s+/i, '').replace(/\.$/, '');
  const at = text.lastIndexOf(', given ');
  return at === -1
    ? { act: text, given: null }
    : { act: text.slice(0, at), given: text.slice(at + ', given '.length) };
}

/** A sentence that ends where a person would end it. */
export function firstSentence(markdown: string, most = 180): string {
  const plain = markdown
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\$\$([^$]*?)\$\$/g, (_all, formula: string) =>
      /[\\^_\n]/.test(formula) ? '…' : formula.trim(),
    )
    .replace(/^[|>#].*$/gm, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain;
  return sentence.length > most ? `${sentence.slice(0, most).replace(/\s+\S*$/, '')} …` : sentence;
}
