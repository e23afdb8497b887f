import MiniSearch, { type AsPlainObject, type Options, type SearchResult } from 'minisearch';
import type { Curriculum } from '../curriculum.ts';
import type { Matcher } from '../match/matcher.ts';
import { createSpelling } from '../match/spelling.ts';
import { readWords, type Word } from '../match/words.ts';
import { listSearchEntries } from './list-entries.ts';
import { cutSnippet, markWords } from './mark-words.ts';
import type { Marked, SearchEntry, SearchKind } from './search-entry.ts';

export interface SearchHit {
  kind: SearchKind;
  id: string;
  /** What was searched for is marked. */
  title: Marked[];
  /** The passage where it stands; empty where the title says all. */
  snippet: Marked[];
  target: string;
  place: string | null;
  within: string | null;
  /** Comparable within one search only. */
  score: number;
}

export interface SearchResults {
  /** Best first. */
  hits: SearchHit[];
  /** How many there are of each kind, shown or not. */
  counts: Partial<Record<SearchKind, number>>;
  /** The words as they were meant, where some were misspelt; else null. */
  meant: string | null;
  /** Whether some hit holds every word that says something; where not, what is asked for may not be taught here. */
  complete: boolean;
}

export interface SearchOptions {
  /** Most hits; 20 unless told. */
  limit?: number;
  kind?: SearchKind;
}

export interface Search {
  /** Finds what is taught by words, as they are typed: the last may be unfinished. Empty words find nothing. */
  find(words: string, options?: SearchOptions): SearchResults;
  /** How many things can be found. */
  size: number;
  /** Whether it was made from a kept index. */
  isKept: boolean;
  /** What `createSearch` makes the same index from, faster: plain JSON. */
  keep(): KeptIndex;
}

export interface KeptIndex {
  /** The content and the way of indexing that it was made from; another one is not read. */
  of: string;
  index: AsPlainObject;
  words: string[];
}

/** Changes when what is indexed, or how, does. */
const INDEX_VERSION = 2;

/** Where a word stands says what it is worth. Chosen on bench/search/tune.jsonl. */
const BOOST = { title: 4, names: 3, within: 0.8, text: 1, unshown: 1 } as const;
/** What people look for most, where the words fit alike. */
const OF_KIND: Record<SearchKind, number> = {
  skill: 1.7,
  guide: 1.5,
  exam: 1.5,
  lab: 1.4,
  lesson: 1,
  resource: 1,
  card: 0.75,
  practice: 0.7,
};
/** A title that begins with the words, or is the words. */
const BEGINS = 1.4;
const EQUALS = 2.5;
/** What a name of the vocabulary ("K8s", "users complain it hangs") is worth beside the best hit by words. */
const BY_NAME = 1.1;
/** Where words find little, a name still says what is meant. */
const LEAST_BY_NAME = 25;
/** Words that nobody searches for, though people who ask in sentences write them. */
const SILENT: ReadonlySet<string> = new Set(
  (
    'a about an and are as at be by can could did do does for from get had has have how i if in into is it its me my of on or our ' +
    'should so some that the their them then there these they this those to us was we what when where which who why will with would you your'
  ).split(' '),
);
/** Longer texts are no searches: their end is not read. */
const MOST_CHARACTERS = 200;

/** An index over everything that is taught. Making it takes some tenths of a second, reading a kept one a tenth of that: do either once. */
export function createSearch(curriculum: Curriculum, matcher: Matcher, kept?: KeptIndex): Search {
  const entries = listSearchEntries(curriculum);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const options: Options<SearchEntry> = {
    ...INDEX,
    searchOptions: {
      boost: BOOST,
      tokenize: (text) => text.split(' '),
      boostDocument: (id) => OF_KIND[byId.get(String(id))?.kind ?? 'practice'],
    },
  };
  const fits = kept?.of === nameOf(curriculum);
  const index = fits ? MiniSearch.loadJS<SearchEntry>(kept.index, options) : new MiniSearch(options);
  if (!fits) index.addAll(entries);
  const words = new Set(fits ? kept.words : entries.flatMap(wordsOf));
  const spelling = createSpelling(words, words);
  const sorted = [...words].sort();

  /** One word in the forms that the index may hold. */
  function ask(word: Word, last: boolean): SearchResult[] {
    const [first = '', ...others] = termsOf(word);
    const known = words.has(word.folded);
    return index.search([first, ...others].join(' '), {
      combineWith: 'OR',
      // While it is typed, or where it is unknown, a word is the beginning of one.
      prefix: word.folded.length > 1 && (last || !known),
      fuzzy: !known && !last && word.folded.length > 4 ? 1 : false,
      weights: { prefix: 0.5, fuzzy: 0.3 },
    });
  }

  return {
    size: entries.length,
    isKept: fits,
    keep: () => ({ of: nameOf(curriculum), index: index.toJSON(), words: [...words] }),
    find(asked, { limit = 20, kind } = {}) {
      const text = asked.slice(0, MOST_CHARACTERS).trim();
      const { read, meant } = correct(text);
      const last = asked.endsWith(' ') ? undefined : read.at(-1);
      const telling = read.filter((word) => word === last || !SILENT.has(word.folded));
      const { scores, complete } = score(
        (telling.length > 0 ? telling : read).map((word) => ask(word, word === last)),
      );
      const best = Math.max(0, ...[...scores.values()].map((one) => one.score));
      let named = false;
      for (const { skill, strength } of matcher.rankSkills(meant ?? text)) {
        const id = `skill/${skill}`;
        if (strength < 0.7 || !byId.has(id)) continue;
        named = true;
        const known = scores.get(id);
        scores.set(id, {
          score: Math.max(known?.score ?? 0, Math.max(best, LEAST_BY_NAME) * BY_NAME * strength),
          terms: known?.terms ?? [],
        });
      }
      const plain = foldAll(meant ?? text);
      const ranked = [...scores]
        .map(([id, found]) => ({ entry: byId.get(id) as SearchEntry, ...found }))
        .map((one) => ({ ...one, score: rounded(one.score * titleFactor(one.entry, plain)) }))
        .sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1));
      const counts: Partial<Record<SearchKind, number>> = {};
      for (const { entry } of ranked) counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
      const hits = ranked.filter(({ entry }) => kind === undefined || entry.kind === kind).slice(0, limit);
      return { hits: hits.map(toHit), counts, meant, complete: complete || (named && best === 0) };
    },
  };

  /** Reads the words, and what a misspelt one was meant to be. */
  function correct(text: string): { read: Word[]; meant: string | null } {
    const read = readWords(text);
    let meant = text;
    let changed = false;
    for (const word of [...read].reverse()) {
      const better = startsSomething(word.folded) ? undefined : spelling.findMeant(word.folded);
      if (better === undefined) continue;
      changed = true;
      meant = `${meant.slice(0, word.from)}${better}${meant.slice(word.to)}`;
    }
    return changed ? { read: readWords(meant), meant } : { read, meant: null };
  }

  /** Whether a word of ours begins so. */
  function startsSomething(folded: string): boolean {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] as string) < folded) from = middle + 1;
      else to = middle;
    }
    return sorted[from]?.startsWith(folded) === true;
  }
}

const INDEX = {
  fields: Object.keys(BOOST),
  extractField: (entry: SearchEntry, field: string): string => {
    const value = entry[field as keyof SearchEntry];
    return Array.isArray(value) ? value.join(' . ') : (value ?? '');
  },
  tokenize: (text: string) => readWords(text).flatMap(termsOf),
  processTerm: (term: string) => term,
};

function nameOf({ hash }: Curriculum): string {
  return `${INDEX_VERSION}/${hash}`;
}

function wordsOf({ title, names, text, unshown, within }: SearchEntry): string[] {
  return [title, ...names, text, unshown, within ?? ''].flatMap((said) =>
    readWords(said).map(({ folded }) => folded),
  );
}

/** Sums what each word found; what holds all words comes before what holds some. */
function score(byWord: readonly SearchResult[][]): {
  scores: Map<string, { score: number; terms: string[] }>;
  complete: boolean;
} {
  const scores = new Map<string, { score: number; terms: string[]; words: number }>();
  for (const found of byWord)
    for (const { id, score, terms } of found) {
      const known = scores.get(String(id)) ?? { score: 0, terms: [], words: 0 };
      scores.set(String(id), {
        score: known.score + score,
        terms: [...known.terms, ...terms],
        words: known.words + 1,
      });
    }
  const most = Math.max(0, ...[...scores.values()].map(({ words }) => words));
  for (const [id, one] of scores) {
    // A thing that shares one word of three is noise beside one that shares all.
    if (one.words < most && one.words <= byWord.length / 3) scores.delete(id);
    else one.score *= (one.words / Math.max(1, byWord.length)) ** 2;
  }
  return { scores, complete: most > 0 && most === byWord.length };
}

/** Sums of the same parts in another order are the same score. */
function rounded(score: number): number {
  return Math.round(score * 1_000) / 1_000;
}

function termsOf({ folded, stem }: Word): string[] {
  return stem === folded ? [stem] : [stem, folded];
}

function foldAll(text: string): string {
  return readWords(text)
    .map(({ folded }) => folded)
    .join(' ');
}

function titleFactor({ title, names }: SearchEntry, plain: string): number {
  const says = [title, ...names].map(foldAll);
  if (says.includes(plain)) return EQUALS;
  return plain.length > 2 && says.some((say) => say.startsWith(plain)) ? BEGINS : 1;
}

function toHit({
  entry,
  score,
  terms,
}: {
  entry: SearchEntry;
  score: number;
  terms: readonly string[];
}): SearchHit {
  const known = new Set(terms);
  const { kind, id, title, text, target, place, within } = entry;
  return {
    kind,
    id,
    title: markWords(title, known),
    snippet: markWords(cutSnippet(text, known), known),
    target,
    place,
    within,
    score,
  };
}
