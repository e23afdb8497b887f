import type { Curriculum } from '../curriculum.ts';
import type { Background } from '../schema/vocabulary.ts';
import { listEntries } from './entries.ts';
import type { Meaning } from './entries.ts';
import { indexPhrases } from './phrases.ts';
import type { Found } from './phrases.ts';
import { createQuestionFinder } from './question-finder.ts';
import { isNaming, rankByPhrases, rankByText, sortHits, TARGET } from './rank-skills.ts';
import type { SkillHit } from './rank-skills.ts';
import { assembleReading, toQuoted, unique } from './read-goal.ts';
import type { AskedSkill, GoalReading } from './read-goal.ts';
import { createTextReader, listFiller } from './read-text.ts';
import type { ReadWord } from './read-text.ts';
import { createTextIndex } from './text-index.ts';
import { fold, stem } from './words.ts';

/**
 * Finds what is taught by a person's own words: goals, questions, searches. No model is asked, so that the same words
 * find the same skills, and the words that found them can be shown. Safe for any text; beyond 5,000 characters it is cut.
 */
export interface Matcher {
  /** A goal as read. */
  readGoal(text: string): GoalReading;
  /** The skills that a text is about, best first, for a question or a search; whatever is not asked for ("I know Docker") counts too. */
  rankSkills(text: string, limit?: number): AskedSkill[];
  /** Histories that a text tells of, and what they make likely to be known. */
  readBackground(text: string): Pick<Background, 'id' | 'title' | 'likely'>[];
  /** The text's words in English as far as we have them, spelt right and stemmed, without words that carry no subject. */
  listStems(text: string): string[];
  /** The same with every word: to a question "first" and "wrong" say something. */
  listAllStems(text: string): string[];
}

/** A question's fit from which on a skill counts as asked about, and the share of the best fit; chosen on bench/goals/. */
const LEAST_FIT = 0.25;
const FIT_SHARE = 0.8;
const MOST_AS_ASKED = 2;
/** Places of one word that are kept: whoever says it more often says nothing more. */
const MOST_PLACES = 20;
/** Less than what a phrase says outright. */
const AS_ASKED = 0.6;
/** Readings kept: a few kilobytes each. */
const MOST_READINGS = 500;

/** A job, a certification, and what is not taught at all: nothing is read into the words beside them. */
const asksForWhole = (value: Meaning): boolean =>
  value.kind === 'career' || value.kind === 'exam' || (value.kind === 'outside' && !value.outside.context);

/** "Deep learning", "makes it up": words that say nothing one by one are a phrase where hardly another stands between. */
const isSideBySide = (at: readonly number[]): boolean =>
  at.length > 1 && (at.at(-1) as number) - (at[0] as number) <= at.length;

const countStems = (words: readonly ReadWord[], at: readonly number[]): number =>
  new Set(at.map((place) => words[place]?.stem)).size;

/** Hits, and further ones for skills that are not among them as targets already. */
function withFurther(hits: readonly SkillHit[], further: readonly SkillHit[]): SkillHit[] {
  const targets = new Set(hits.filter(({ strength }) => strength >= TARGET).map(({ skill }) => skill));
  const added = further.filter(({ skill }) => !targets.has(skill));
  const skills = new Set(added.map(({ skill }) => skill));
  return sortHits([...hits.filter(({ skill }) => !skills.has(skill)), ...added]);
}

export function createMatcher(curriculum: Curriculum): Matcher {
  const { vocabulary } = curriculum;
  const texts = createTextIndex(curriculum);
  const filler = listFiller(vocabulary);
  const weak = new Set(vocabulary.weak.map((word) => stem(fold(word))));
  const work = new Set(vocabulary.elsewhere.work.map((word) => stem(fold(word))));
  const isFiller = (folded: string): boolean => filler.has(folded);
  const phrases = indexPhrases(listEntries(curriculum), vocabulary.classes, isFiller);
  const histories = indexPhrases(
    vocabulary.backgrounds.flatMap((background) => background.say.map((say) => ({ say, value: background }))),
    vocabulary.classes,
    isFiller,
  );
  const ours = new Set([...phrases.vocabulary, ...histories.vocabulary]);
  const reader = createTextReader(vocabulary, ours, texts.corpus);

  const saysNothing = (word: ReadWord): boolean => reader.isFiller(word.folded) || weak.has(word.stem);

  function findMeanings(words: readonly ReadWord[]): Found<Meaning>[] {
    return phrases
      .find(words)
      .filter(
        ({ at }) => !at.every((place) => reader.isFiller(words[place]?.folded ?? '')) || isSideBySide(at),
      );
  }

  /** By phrases, and by plain retrieval where no phrase says anything. */
  function rank(words: readonly ReadWord[], found: readonly Found<Meaning>[]): SkillHit[] {
    const hits = rankByPhrases(found);
    if (hits.length > 0) return hits;
    return rankByWords(words, found);
  }

  function rankByWords(words: readonly ReadWord[], found: readonly Found<Meaning>[]): SkillHit[] {
    const said = new Set(found.flatMap(({ at }) => at));
    const rest = words
      .map((word, at) => ({ word, at }))
      .filter(({ word, at }) => !said.has(at) && !saysNothing(word));
    return rankByText(texts.search(rest.map(({ word }) => word.stem)), rest);
  }

  const finder = createQuestionFinder(curriculum, { rankSkills, listAllStems });

  /**
   * A goal read as one reads a question: by how people ask about a skill who do not know its name. At least two words have to say so, for one alone is
   * an accident, and not those alone that a phrase holds already: a goal that only names what it wants stays as narrow as it is.
   */
  function rankAsAsked(words: readonly ReadWord[], found: readonly Found<Meaning>[]): SkillHit[] {
    if (found.some(({ value }) => asksForWhole(value))) return [];
    const said = new Set(found.flatMap(({ at }) => at));
    const outside = new Set(found.flatMap(({ value, at }) => (value.kind === 'outside' ? at : [])));
    const places = new Map<string, number[]>();
    words.forEach(({ stem, folded }, at) => {
      if (!outside.has(at) && !reader.isFiller(folded))
        places.set(stem, [...(places.get(stem) ?? []), at].slice(0, MOST_PLACES));
    });
    const placesOf = (stems: readonly string[]): number[] =>
      stems.flatMap((stem) => places.get(stem) ?? []).sort((a, b) => a - b);
    const isNew = (place: number): boolean => !said.has(place);
    const question = words.map((word) => word.folded).join(' ');
    const asked = finder
      .find(question)
      .map(({ skill, fit, stems }) => ({ skill, fit, at: placesOf(stems) }))
      .filter(({ at }) => countStems(words, at) >= 2 && at.some(isNew));
    const best = asked[0]?.fit ?? 0;
    if (best < LEAST_FIT || finder.isElsewhere(question, [{ skill: '', fit: best, stems: [] }])) return [];
    return asked
      .filter(({ fit }) => fit >= Math.max(LEAST_FIT, best * FIT_SHARE))
      .slice(0, MOST_AS_ASKED)
      .map(({ skill, fit, at }) => ({ skill, strength: Math.max(TARGET, AS_ASKED * (fit / best)), at }));
  }

  /** "Train for a marathon with checkpoints": one word of ours, and nothing else of work, beside a subject of private life. */
  function isPrivate(
    words: readonly ReadWord[],
    found: readonly Found<Meaning>[],
    hits: readonly SkillHit[],
  ): boolean {
    if (!found.some(({ value }) => value.kind === 'outside' && value.outside.life)) return false;
    return new Set(hits.flatMap(({ at }) => at)).size <= 1 && !words.some((word) => work.has(word.stem));
  }

  /** By phrases that name a subject; else as asked, and by what the phrases say of where the problem is; else by plain retrieval. */
  function rankGoal(words: readonly ReadWord[], found: readonly Found<Meaning>[]): SkillHit[] {
    const hits = rankByPhrases(found);
    if (isPrivate(words, found, hits)) return [];
    const asked = rankAsAsked(words, found);
    if (found.some(({ value }) => isNaming(value))) return withFurther(hits, asked);
    if (asked.length > 0) return asked;
    if (hits.length > 0) return hits;
    // One word that a skill shares is a figure of speech, unless the goal has little else: "repair my washing machine".
    const namesOutside = found.some(({ value }) => value.kind === 'outside');
    const content = new Set(words.flatMap(({ folded, stem }) => (reader.isFiller(folded) ? [] : [stem])));
    return rankByWords(words, found).filter(({ at }) => {
      const shared = countStems(words, at);
      return shared > 1 || (!namesOutside && content.size <= 2);
    });
  }

  function readAnew(text: string): GoalReading {
    const all = reader.read(text);
    const ofStance = (...stances: ReadWord['stance'][]): ReadWord[] =>
      all.filter((word) => stances.includes(word.stance));
    let words = ofStance('asked');
    let found = findMeanings(words);
    let ranked = rankGoal(words, found);
    if (ranked.length === 0 && found.every(({ value }) => value.kind === 'skill')) {
      // "I am responsible for slow services" states no other goal than this.
      words = ofStance('asked', 'known');
      found = findMeanings(words);
      ranked = rankGoal(words, found);
    }
    const unwanted = ofStance('refused');
    const hits = rankByPhrases(findMeanings(unwanted)).filter((hit) => hit.strength >= TARGET);
    const said = new Set([...found.flatMap(({ at }) => at), ...ranked.flatMap(({ at }) => at)]);
    const unmatched = words.filter(
      (word, at) => !said.has(at) && !saysNothing(word) && !reader.isKnown(word.folded),
    );
    return assembleReading(curriculum, {
      text,
      words,
      found,
      ranked,
      refused: { words: unwanted, hits },
      unmatched: [...new Set(unmatched.map((word) => text.slice(word.from, word.to)))],
      backgrounds: readBackground(text),
      hasOrders: all.some((word) => word.stance === 'order'),
    });
  }

  /** The same goals are read again and again, by every page that shows a track. */
  const readings = new Map<string, GoalReading>();

  function readGoal(text: string): GoalReading {
    const known = readings.get(text);
    if (known) return known;
    const reading = readAnew(text);
    if (readings.size >= MOST_READINGS) readings.clear();
    readings.set(text, reading);
    return reading;
  }

  function readBackground(text: string): ReturnType<Matcher['readBackground']> {
    const told = histories.find(reader.read(text)).map(({ value }) => value);
    return unique(told, ({ id }) => id).map(({ id, title, likely }) => ({ id, title, likely }));
  }

  function rankSkills(text: string, limit = 10): AskedSkill[] {
    const words = reader.read(text).filter((word) => word.stance !== 'order');
    return rank(words, findMeanings(words))
      .filter((hit) => curriculum.skills.has(hit.skill))
      .slice(0, limit)
      .map((hit) => ({ skill: hit.skill, strength: hit.strength, ...toQuoted(text, words, hit.at) }));
  }

  function listAllStems(text: string): string[] {
    return reader.read(text).map((word) => word.stem);
  }

  return {
    readGoal,
    readBackground,
    rankSkills,
    listAllStems,
    listStems: (text) =>
      reader
        .read(text)
        .filter((word) => !reader.isFiller(word.folded))
        .map((word) => word.stem),
  };
}
