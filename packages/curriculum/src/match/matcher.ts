import type { Curriculum } from '../curriculum.ts';
import type { Background } from '../schema/vocabulary.ts';
import { listEntries } from './entries.ts';
import type { Meaning } from './entries.ts';
import { indexPhrases } from './phrases.ts';
import type { Found } from './phrases.ts';
import { rankByPhrases, rankByText, TARGET } from './rank-skills.ts';
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

/** Readings kept: a few kilobytes each. */
const MOST_READINGS = 500;

export function createMatcher(curriculum: Curriculum): Matcher {
  const { vocabulary } = curriculum;
  const texts = createTextIndex(curriculum);
  const filler = listFiller(vocabulary);
  const weak = new Set(vocabulary.weak.map((word) => stem(fold(word))));
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
      .filter(({ at }) => !at.every((place) => reader.isFiller(words[place]?.folded ?? '')));
  }

  /** By phrases, and by plain retrieval where no phrase says anything. */
  function rank(words: readonly ReadWord[], found: readonly Found<Meaning>[]): SkillHit[] {
    const hits = rankByPhrases(found);
    if (hits.length > 0) return hits;
    const said = new Set(found.flatMap(({ at }) => at));
    const rest = words
      .map((word, at) => ({ word, at }))
      .filter(({ word, at }) => !said.has(at) && !saysNothing(word));
    return rankByText(texts.search(rest.map(({ word }) => word.stem)), rest);
  }

  function readAnew(text: string): GoalReading {
    const all = reader.read(text);
    const ofStance = (...stances: ReadWord['stance'][]): ReadWord[] =>
      all.filter((word) => stances.includes(word.stance));
    let words = ofStance('asked');
    let found = findMeanings(words);
    let ranked = rank(words, found);
    if (ranked.length === 0 && found.every(({ value }) => value.kind === 'skill')) {
      // "I am responsible for slow services" states no other goal than this.
      words = ofStance('asked', 'known');
      found = findMeanings(words);
      ranked = rank(words, found);
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

  return {
    readGoal,
    readBackground,
    rankSkills(text, limit = 10) {
      const words = reader.read(text).filter((word) => word.stance !== 'order');
      return rank(words, findMeanings(words))
        .filter((hit) => curriculum.skills.has(hit.skill))
        .slice(0, limit)
        .map((hit) => ({ skill: hit.skill, strength: hit.strength, ...toQuoted(text, words, hit.at) }));
    },
    listAllStems: (text) => reader.read(text).map((word) => word.stem),
    listStems: (text) =>
      reader
        .read(text)
        .filter((word) => !reader.isFiller(word.folded))
        .map((word) => word.stem),
  };
}
