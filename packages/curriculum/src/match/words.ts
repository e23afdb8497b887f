import { stemmer } from 'stemmer';

/** A word of a text, as compared and as written. Several may share one place where a foreign word stands for two of ours. */
export interface Word {
  /** Folded: lower case, no accents. */
  folded: string;
  stem: string;
  /** The place in the text as written. */
  from: number;
  to: number;
  /** Number of its clause: words of two clauses make no phrase. */
  clause: number;
}

/** Scripts that leave no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{scx=Katakana}\p{Script=Thai}]/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}+#'’_]*/gu;
const CLAUSE_END =
  /[.!?;:\n\r。！？；]+(?=\s|$|[^\p{N}\p{L}])|[\n。！？；]|\s[-–—]+\s|\(|\)|\b(?:although|though|because|whereas)\b/giu;

/** Lower case, without accents and without what only typography adds. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/ł/g, 'l')
    .replace(/ß/g, 'ss')
    .replace(/ı/g, 'i')
    .replace(/ё/g, 'е');
}

/** Words that the stemmer takes for another's forms. */
const OWN_STEM = new Set([
  'embedded',
  'explainable',
  'explainability',
  'generative',
  'interpretability',
  'production',
  'robotics',
]);

/** One form for quantise, quantize, quantised and quantisation; numbers and names stay as they are. */
export function stem(folded: string): string {
  if (!/^[a-z]{4,}$/.test(folded) || OWN_STEM.has(folded)) return folded;
  const american = folded
    .replace(/is(e|ed|es|er|ers|ing|ation|ations)$/, 'iz$1')
    .replace(/our(s|ed|ing)?$/, 'or$1');
  return stemmer(american.endsWith('ll') ? american.slice(0, -1) : american);
}

/** The words of a text, in its order. */
export function readWords(text: string): Word[] {
  const ends = [...text.matchAll(CLAUSE_END)].map((match) => match.index);
  const words: Word[] = [];
  let clause = 0;
  for (const match of text.matchAll(WORD)) {
    while (clause < ends.length && (ends[clause] as number) <= match.index) clause += 1;
    for (const part of partsOf(match[0])) {
      const { folded, stem } = compare(part.text);
      if (folded === '') continue;
      const from = match.index + part.at;
      words.push({ folded, stem, from, to: from + part.text.length, clause });
    }
  }
  return words;
}

/** `max_num_seqs` in three, `RAGシステム` where the script changes. */
function partsOf(text: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = [];
  let start = 0;
  const cut = (end: number): void => {
    if (end > start) parts.push({ text: text.slice(start, end), at: start });
    start = end;
  };
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '_') {
      cut(i);
      start = i + 1;
    } else if (isElided(text.slice(start, i + 1), text.length - i - 1)) {
      cut(i + 1);
    } else if (
      text[i - 1] !== '_' &&
      UNSPACED.test(text[i] as string) !== UNSPACED.test(text[i - 1] as string)
    ) {
      cut(i);
    }
  }
  cut(text.length);
  return parts;
}

/** `l'` in l'IA, `dell'` in dell'architettura: a word of its own. */
function isElided(head: string, left: number): boolean {
  return left >= 2 && /^(?:l|d|j|qu|n|s|c|m|un|dell|nell|all|sull|quell|quest)['’]$/i.test(head);
}

/** Whether the word is of a script that leaves no spaces. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

interface Compared {
  folded: string;
  stem: string;
}

const compared = new Map<string, Compared>();
/** Words kept as compared: the content has some 20,000 different ones, and reads each many times. */
const MOST_COMPARED = 50_000;

function compare(written: string): Compared {
  const known = compared.get(written);
  if (known) return known;
  const folded = fold(written)
    .replace(/'s$|'$/, '')
    .replaceAll("'", '');
  const result = { folded, stem: stem(folded) };
  if (compared.size >= MOST_COMPARED) compared.clear();
  compared.set(written, result);
  return result;
}
