import type { Vocabulary } from '../schema/vocabulary.ts';
import { createTranslator } from './languages.ts';
import { createSpelling } from './spelling.ts';
import { readStances } from './stance.ts';
import type { Stance } from './stance.ts';
import { fold, readWords, stem } from './words.ts';
import type { Word } from './words.ts';

/** Longer texts are cut: a goal is said in fewer letters, and reading must stay cheap. */
export const LONGEST_TEXT = 5000;
/** Words remembered as filler or not. */
const MOST_KNOWN = 50_000;

/** A word with what its part of the text is about. */
export interface ReadWord extends Word {
  stance: Stance;
}

export interface TextReader {
  /** The words of a text in English as far as we have them, spelt right as far as we can tell. */
  read(text: string): ReadWord[];
  isFiller(folded: string): boolean;
  /** Whether the word is one of ours or plain English, as far as we know. */
  isKnown(folded: string): boolean;
}

/**
 * @param ours words of phrases, folded: what a misspelt word may be meant to be
 * @param corpus further words that are spelt right, folded
 */
export function createTextReader(
  vocabulary: Vocabulary,
  ours: ReadonlySet<string>,
  corpus: ReadonlySet<string>,
): TextReader {
  const english = new Set(vocabulary.filler.flatMap((word) => [fold(word), stem(fold(word))]));
  const filler = listFiller(vocabulary);
  const spelt = new Set([...vocabulary.spelt.map(fold), ...filler, ...corpus]);
  const spelling = createSpelling(ours, spelt);
  const translator = createTranslator(vocabulary.languages, (word) => english.has(word));
  // Asked several times of every word, and a stem takes a while.
  const known = new Map<string, boolean>();
  const isFiller = (folded: string): boolean => {
    const before = known.get(folded);
    if (before !== undefined) return before;
    const is = filler.has(folded) || english.has(stem(folded));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(folded, is);
    return is;
  };
  return {
    isFiller,
    isKnown: (folded) => ours.has(folded) || spelt.has(folded),
    read(whole) {
      const text = whole.slice(0, LONGEST_TEXT);
      const stretches = readStances(text);
      const { words, foreign } = translator.translate(readWords(text));
      return words.map((word) => {
        // A word of another language is not one of ours spelt wrong.
        const meant = foreign || isFiller(word.folded) ? undefined : spelling.findMeant(word.folded);
        const stance =
          stretches.find(({ from, to }) => word.from >= from && word.from < to)?.stance ?? 'asked';
        return { ...word, ...(meant === undefined ? {} : { folded: meant, stem: stem(meant) }), stance };
      });
    },
  };
}

/** Words that carry no subject: those of English, and by their stems, and the commonest of other languages; folded. */
export function listFiller({ filler, languages }: Vocabulary): ReadonlySet<string> {
  const marks = Object.values(languages).flatMap((language) => language.marks);
  // Vietnamese "cách" is no form of "caching": a word of another language is taken as it is.
  return new Set([
    ...filler.flatMap((word) => [fold(word), stem(fold(word))]),
    ...marks.map((word) => fold(word)),
  ]);
}
