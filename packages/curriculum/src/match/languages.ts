import type { Language } from '../schema/vocabulary.ts';
import { fold, isUnspaced, readWords } from './words.ts';
import type { Word } from './words.ts';

/** Puts our words for those of other languages, at their places in the text. */
export interface Translator {
  /** `foreign`: another language was recognised. */
  translate(words: readonly Word[]): { words: Word[]; foreign: boolean };
}

interface Dictionary {
  marks: ReadonlySet<string>;
  /** Their words, joined by a space → ours. */
  exact: ReadonlyMap<string, readonly Word[]>;
  /** Phrases that leave an end open, the longest first: `factur*`, `*kosten*`. */
  open: { parts: RegExp[]; words: readonly Word[] }[];
  /** Written in another alphabet than English. */
  otherAlphabet: boolean;
  longest: number;
}

/** Commonest words of English: a text that holds more of these is not translated, for "die" means something else then. */
const ENGLISH = new Set(
  'the and to of with for is are my our we want how without that this from when not have need it too keep should they what can be or your in on i a'.split(
    ' ',
  ),
);

const MOST_WORDS = 4;

/** @param isEnglish words that mark no other language, because English has them too */
export function createTranslator(
  languages: Readonly<Record<string, Language>>,
  isEnglish: (folded: string) => boolean,
): Translator {
  const dictionaries = Object.values(languages).map((language) => compile(language, isEnglish));
  return {
    translate(words) {
      const english = words.filter((word) => ENGLISH.has(word.folded)).length;
      const spoken = dictionaries
        .map((dictionary) => ({ dictionary, score: countMarks(dictionary, words) }))
        .filter(({ score }) => score > english || (score > 0 && score === english && words.length <= 8))
        .sort((a, b) => b.score - a.score)
        .map(({ dictionary }) => dictionary);
      const used = words.some((word) => isOtherAlphabet(word.folded))
        ? [...spoken, ...dictionaries.filter((one) => one.otherAlphabet && !spoken.includes(one))]
        : spoken;
      return used.length === 0
        ? { words: [...words], foreign: false }
        : { words: translateWith(used, words), foreign: true };
    },
  };
}

function countMarks({ marks }: Dictionary, words: readonly Word[]): number {
  return words.filter((word) => marks.has(word.folded)).length;
}

const isOtherAlphabet = (text: string): boolean => /[^\p{Script=Latin}\p{Script=Common}\p{M}]/u.test(text);

function compile(language: Language, isEnglish: (folded: string) => boolean): Dictionary {
  const exact = new Map<string, readonly Word[]>();
  const open: Dictionary['open'] = [];
  for (const [ours, theirs] of Object.entries(language.words)) {
    const words = readWords(ours);
    for (const phrase of theirs) {
      if (phrase.includes('*')) open.push({ parts: fold(phrase).split(' ').map(toPattern), words });
      else exact.set(wordsOf(phrase).join(' '), words);
    }
  }
  const keys = [...exact.keys()];
  return {
    marks: new Set(language.marks.flatMap(wordsOf).filter((mark) => !isEnglish(mark))),
    exact,
    open: open.sort((a, b) => b.parts.length - a.parts.length || lengthOf(b.parts) - lengthOf(a.parts)),
    otherAlphabet: keys.some(isOtherAlphabet),
    longest: Math.max(1, ...keys.filter(isUnspaced).map((key) => key.length)),
  };
}

const wordsOf = (phrase: string): string[] => readWords(phrase).map((word) => word.folded);
const lengthOf = (parts: readonly RegExp[]): number =>
  parts.reduce((sum, part) => sum + part.source.length, 0);
const toPattern = (part: string): RegExp =>
  new RegExp(
    `^${part
      .split('*')
      .map((piece) => piece.replace(/[^\p{L}\p{N}]/gu, ''))
      .join('.*')}$`,
    'u',
  );

function translateWith(dictionaries: readonly Dictionary[], words: readonly Word[]): Word[] {
  const result: Word[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i] as Word;
    if (isUnspaced(word.folded)) {
      result.push(...cutUnspaced(dictionaries, word));
      i += 1;
      continue;
    }
    const found = findOurs(dictionaries, words, i);
    const to = (words[i + (found?.taken ?? 1) - 1] as Word).to;
    result.push(
      ...(found?.ours ?? [word]).map((each) => ({ ...each, from: word.from, to, clause: word.clause })),
    );
    i += found?.taken ?? 1;
  }
  return result;
}

/** The longest run of words from `i` on that some dictionary holds. */
function findOurs(
  dictionaries: readonly Dictionary[],
  words: readonly Word[],
  i: number,
): { ours: readonly Word[]; taken: number } | undefined {
  for (let taken = Math.min(MOST_WORDS, words.length - i); taken > 0; taken--) {
    const run = words.slice(i, i + taken).map((word) => word.folded);
    for (const { exact, open } of dictionaries) {
      const ours =
        exact.get(run.join(' ')) ??
        open.find(
          ({ parts }) => parts.length === taken && parts.every((part, n) => part.test(run[n] as string)),
        )?.words;
      if (ours) return { ours, taken };
    }
  }
  return undefined;
}

/** Words of a script without spaces, found from the left, the longest first; what no dictionary holds is passed over. */
function cutUnspaced(dictionaries: readonly Dictionary[], word: Word): Word[] {
  const found: Word[] = [];
  const unspaced = dictionaries.filter((one) => one.longest > 1);
  const longest = Math.max(1, ...unspaced.map((one) => one.longest));
  for (let i = 0; i < word.folded.length;) {
    let taken = 0;
    for (let length = Math.min(longest, word.folded.length - i); length > 0 && taken === 0; length--) {
      const part = word.folded.slice(i, i + length);
      const ours = unspaced.find((one) => one.exact.has(part))?.exact.get(part);
      if (!ours) continue;
      taken = length;
      // Folding keeps the length of these scripts, so places in the folded word are places in the text.
      const place = { from: word.from + i, to: word.from + i + length, clause: word.clause };
      found.push(...ours.map((each) => ({ ...each, ...place })));
    }
    i += taken || 1;
  }
  return found;
}
