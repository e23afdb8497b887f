import type { Language } from '../schema/vocabulary.ts';
import { fold, isUnspaced, readWords } from './words.ts';
import type { Word } from './words.ts';

/** Puts our words for those of other languages, at their places in the text. */
export interface Translator {
  translate(words: readonly Word[]): Word[];
}

interface Dictionary {
  marks: ReadonlySet<string>;
  exact: ReadonlyMap<string, readonly Word[]>;
  /** `factur*` and `*kosten*`: fixed part, and where letters may stand. */
  open: { part: string; before: boolean; words: readonly Word[] }[];
  unspaced: boolean;
  longest: number;
}

/** Words that tell that a text is English; it is not translated then, for "die" and "coste" mean other things. */
const ENGLISH = new Set(
  'the and to of with for is are my our we want how without that this from when not have need it too keep should they what can be or your'.split(
    ' ',
  ),
);

const MOST_WORDS = 3;

export function createTranslator(languages: Readonly<Record<string, Language>>): Translator {
  const dictionaries = Object.values(languages).map(compile);
  return {
    translate(words) {
      const scores = dictionaries.map(
        (dictionary) => words.filter((word) => dictionary.marks.has(word.folded)).length,
      );
      const english = words.filter((word) => ENGLISH.has(word.folded)).length;
      const spoken = dictionaries
        .map((dictionary, i) => ({ dictionary, score: scores[i] as number }))
        .filter(({ score }) => score > 0 && score >= english)
        .sort((a, b) => b.score - a.score)
        .map(({ dictionary }) => dictionary);
      const foreign = words.some((word) => isOtherAlphabet(word.folded));
      const used = [
        ...spoken,
        ...dictionaries.filter((one) => foreign && !spoken.includes(one) && isOtherScript(one)),
      ];
      return used.length === 0 ? [...words] : translateWith(used, words);
    },
  };
}

const isOtherAlphabet = (text: string): boolean => /[^\p{Script=Latin}\p{Script=Common}\p{M}]/u.test(text);

function isOtherScript({ exact, open }: Dictionary): boolean {
  const some = exact.keys().next().value ?? open[0]?.part ?? '';
  return isOtherAlphabet(some);
}

function compile(language: Language): Dictionary {
  const exact = new Map<string, readonly Word[]>();
  const open: Dictionary['open'] = [];
  for (const [ours, theirs] of Object.entries(language.words)) {
    const words = readWords(ours);
    for (const word of theirs) {
      const folded = fold(word);
      if (!folded.includes('*')) exact.set(folded, words);
      else open.push({ part: folded.replaceAll('*', ''), before: folded.startsWith('*'), words });
    }
  }
  const keys = [...exact.keys()];
  return {
    marks: new Set(language.marks.map(fold)),
    exact,
    open: open.sort((a, b) => b.part.length - a.part.length),
    unspaced: keys.some(isUnspaced),
    longest: Math.max(1, ...keys.map((key) => key.length)),
  };
}

function translateWith(dictionaries: readonly Dictionary[], words: readonly Word[]): Word[] {
  const result: Word[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i] as Word;
    if (isUnspaced(word.folded)) {
      result.push(...cutUnspaced(dictionaries, word));
      i += 1;
      continue;
    }
    const [ours, taken] = findOurs(dictionaries, words, i);
    if (!ours) result.push(word);
    else {
      const to = (words[i + taken - 1] as Word).to;
      result.push(...ours.map((each) => ({ ...each, from: word.from, to, clause: word.clause })));
    }
    i += taken;
  }
  return result;
}

/** The longest run of words from `i` on that some dictionary holds. */
function findOurs(
  dictionaries: readonly Dictionary[],
  words: readonly Word[],
  i: number,
): [readonly Word[] | undefined, number] {
  for (let count = Math.min(MOST_WORDS, words.length - i); count > 0; count--) {
    const joined = words
      .slice(i, i + count)
      .map((word) => word.folded)
      .join(' ');
    for (const { exact } of dictionaries) {
      const ours = exact.get(joined);
      if (ours) return [ours, count];
    }
  }
  const { folded } = words[i] as Word;
  for (const { open } of dictionaries) {
    const entry = open.find(({ part, before }) => (before ? folded.includes(part) : folded.startsWith(part)));
    if (entry) return [entry.words, 1];
  }
  return [undefined, 1];
}

/** Words of a script without spaces, found from the left, the longest first; what no dictionary holds is passed over. */
function cutUnspaced(dictionaries: readonly Dictionary[], word: Word): Word[] {
  const found: Word[] = [];
  const longest = Math.max(1, ...dictionaries.filter((one) => one.unspaced).map((one) => one.longest));
  for (let i = 0; i < word.folded.length;) {
    let taken = 0;
    for (let length = Math.min(longest, word.folded.length - i); length > 0 && taken === 0; length--) {
      const part = word.folded.slice(i, i + length);
      const ours = dictionaries.find((one) => one.exact.has(part))?.exact.get(part);
      if (!ours) continue;
      taken = length;
      // Folding keeps the length of these scripts, so places in the folded word are places in the text.
      found.push(
        ...ours.map((each) => ({
          ...each,
          from: word.from + i,
          to: word.from + i + length,
          clause: word.clause,
        })),
      );
    }
    i += taken || 1;
  }
  return found;
}
