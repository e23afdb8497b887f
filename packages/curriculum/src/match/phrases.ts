import { fold, readWords, stem } from './words.ts';
import type { Word } from './words.ts';

/** A phrase found in a text. */
export interface Found<T> {
  value: T;
  /** How many words with a subject it holds. */
  weight: number;
  /** Positions in the list of words given. */
  at: number[];
}

export interface Phrases<T> {
  /** Every phrase that occurs; one whose words all belong to a longer one is left out. */
  find(words: readonly Word[]): Found<T>[];
  /** Every single word that some phrase holds, folded. */
  vocabulary: ReadonlySet<string>;
}

interface Phrase<T> {
  value: T;
  slots: number;
  /** Written with alternatives: any order will do. Otherwise a turned order must have nothing between. */
  anyOrder: boolean;
}

/** Words of content that may stand between those of a phrase: "users of our new chatbot complain". */
const GAP = 2;
/** Words of any kind between the first and the last of a phrase: a text of fillers alone would take for ever otherwise. */
const MOST_APART = 16;
const MOST_SLOTS = 8;
/** Places where words of one phrase are looked at: a text with more of them repeats itself. */
const MOST_HITS = 120;
/** Words that a phrase reads well with and is found without. */
const JOINING = new Set(
  'a an and are as at by for from how in into is it its my of on or our the to us we with'.split(' '),
);

/**
 * An index of phrases; see `Vocabulary` for how they are written.
 * @param classes what `<name>` stands for
 * @param isFiller words that are neither needed nor counted as a gap
 */
export function indexPhrases<T>(
  entries: Iterable<{ say: string; value: T }>,
  classes: Readonly<Record<string, readonly string[]>>,
  isFiller: (folded: string) => boolean,
): Phrases<T> {
  const index = new Map<string, { phrase: Phrase<T>; slot: number }[]>();
  const vocabulary = new Set<string>();
  for (const { say, value } of entries) {
    const all = parsePhrase(say, classes);
    const bare = all.filter((slot) => !slot.every((word) => JOINING.has(word)));
    const slots = bare.length < 2 ? all : bare;
    if (slots.length === 0 || slots.length > MOST_SLOTS) continue;
    const phrase: Phrase<T> = { value, slots: slots.length, anyOrder: /[<|]/.test(say) };
    slots.forEach((words, slot) => {
      for (const word of words) vocabulary.add(word);
      for (const key of new Set(words.map(stem)))
        index.set(key, [...(index.get(key) ?? []), { phrase, slot }]);
    });
  }
  return { vocabulary, find: (words) => dropCovered(findAll(index, words, isFiller)) };
}

/** Every slot as the words that fill it. Alternatives of several words (`out of memory`) belong in phrases of their own. */
function parsePhrase(say: string, classes: Readonly<Record<string, readonly string[]>>): string[][] {
  return say.split(/\s+/).flatMap((part): string[][] => {
    const options = part.split('|').flatMap((option) => {
      const name = /^<(.+)>$/.exec(option)?.[1];
      return name === undefined ? [option] : (classes[name] ?? []);
    });
    if (options.length > 1 || part.startsWith('<')) return [options.map(fold)];
    // One word as written may be two as read: ci/cd.
    return readWords(part).map((word) => [word.folded]);
  });
}

function findAll<T>(
  index: ReadonlyMap<string, { phrase: Phrase<T>; slot: number }[]>,
  words: readonly Word[],
  isFiller: (folded: string) => boolean,
): Found<T>[] {
  const seen = new Map<Phrase<T>, { slot: number; at: number }[]>();
  words.forEach((word, at) => {
    for (const { phrase, slot } of index.get(word.stem) ?? []) {
      const hits = seen.get(phrase);
      if (hits) {
        if (hits.length < MOST_HITS) hits.push({ slot, at });
      } else seen.set(phrase, [{ slot, at }]);
    }
  });
  // A distance counts words of content only.
  const content: number[] = [];
  let count = 0;
  for (const word of words) content.push(isFiller(word.folded) ? count : count++);
  // A single word's places are its occurrences, and each is one word.
  const weigh = (at: readonly number[], slots: number): number =>
    slots === 1 ? 1 : at.filter((place) => !isFiller(words[place]?.folded ?? '')).length;
  const found: Found<T>[] = [];
  for (const [phrase, hits] of seen) {
    const at = tightest(hits, phrase, words, content);
    if (at) found.push({ value: phrase.value, weight: weigh(at, phrase.slots), at });
  }
  return found;
}

/** The narrowest place where every slot has a word of its own, within one clause. */
function tightest(
  hits: readonly { slot: number; at: number }[],
  { slots, anyOrder }: { slots: number; anyOrder: boolean },
  words: readonly Word[],
  content: readonly number[],
): number[] | undefined {
  if (slots === 1) return [...new Set(hits.map((hit) => hit.at))];
  let best: number[] | undefined;
  for (let i = 0; i < hits.length; i++) {
    const taken = new Map<number, number>();
    for (let j = i; j < hits.length; j++) {
      const { slot, at } = hits[j] as { slot: number; at: number };
      const first = hits[i]?.at as number;
      if (words[at]?.clause !== words[first]?.clause) break;
      if (at - first > MOST_APART) break;
      if ((content[at] as number) - (content[first] as number) > slots - 1 + GAP) break;
      if (taken.has(slot) || [...taken.values()].includes(at)) continue;
      taken.set(slot, at);
      if (taken.size < slots) continue;
      const places = [...taken.values()].sort((a, b) => a - b);
      const span = (content[places.at(-1) as number] as number) - (content[places[0] as number] as number);
      const inOrder = [...taken.keys()].every((key, n) => key === n);
      if (!inOrder && !anyOrder && span >= slots) break;
      if (!best || spanOf(places) < spanOf(best)) best = places;
      break;
    }
  }
  return best;
}

function spanOf(places: readonly number[]): number {
  return (places.at(-1) as number) - (places[0] as number);
}

/** In "prompt injection" nobody asks for prompts: what lies wholly within a weightier phrase is left out. */
function dropCovered<T>(found: readonly Found<T>[]): Found<T>[] {
  return found.flatMap((one) => {
    // Of two that weigh the same, the one with more words says more: "chatbot makes up" is not about making a chatbot.
    const saysMore = (other: Found<T>): boolean =>
      other.weight > one.weight ||
      (other.weight === one.weight && one.at.length > 1 && holdsMore(other, one));
    const longer = found.filter(saysMore);
    if (one.weight > 1)
      return longer.some((other) => one.at.every((at) => other.at.includes(at))) ? [] : [one];
    const at = one.at.filter((place) => !longer.some((other) => other.at.includes(place)));
    return at.length === 0 ? [] : [{ ...one, at }];
  });
}

function holdsMore<T>(other: Found<T>, one: Found<T>): boolean {
  return other.at.length > one.at.length && one.at.every((at) => other.at.includes(at));
}
