import type { Curriculum } from '../curriculum.ts';
import type { Background } from '../schema/vocabulary.ts';
import { coverageOf, listEntries, skillsOfExam } from './entries.ts';
import type { Meaning } from './entries.ts';
import { indexPhrases } from './phrases.ts';
import type { Found } from './phrases.ts';
import { rankByPhrases, rankByText, sortHits, TARGET } from './rank-skills.ts';
import type { SkillHit } from './rank-skills.ts';
import type { AskedSkill, GoalReading } from './read-goal.ts';
import { createTextReader, listFiller } from './read-text.ts';
import type { ReadWord } from './read-text.ts';
import { fold, stem } from './words.ts';
import { createTextIndex } from './text-index.ts';

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
}

/** At most so many targets: beyond that a goal is better stated in parts. */
const MOST_TARGETS = 24;
/** From this share of its examination on, a certification counts as taught; what is missing is named all the same. */
const TAUGHT = 0.7;
/** A job's or a certificate's skills are asked for, though not one by one. */
const BY_LIST = 0.8;

export function createMatcher(curriculum: Curriculum): Matcher {
  const { vocabulary } = curriculum;
  const texts = createTextIndex(curriculum);
  const known = new Set<string>();
  const filler = listFiller(vocabulary);
  const weak = new Set(vocabulary.weak.map((word) => stem(fold(word))));
  const phrases = indexPhrases(listEntries(curriculum), vocabulary.classes, (word) => filler.has(word));
  const histories = indexPhrases(
    vocabulary.backgrounds.flatMap((background) => background.say.map((say) => ({ say, value: background }))),
    vocabulary.classes,
    (word) => filler.has(word),
  );
  for (const word of [...phrases.vocabulary, ...histories.vocabulary]) known.add(word);
  const reader = createTextReader(vocabulary, known, texts.corpus);

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
      .filter(({ word, at }) => !said.has(at) && !reader.isFiller(word.folded) && !weak.has(word.stem));
    return rankByText(texts.search(rest.map(({ word }) => word.stem)), rest);
  }

  function readGoal(text: string): GoalReading {
    const all = reader.read(text);
    const read = (stance: ReadWord['stance']): ReadWord[] => all.filter((word) => word.stance === stance);
    const quote = quoteFrom(text);
    let words = read('asked');
    let found = findMeanings(words);
    let ranked = rank(words, found);
    const naming = (): boolean => ranked.length > 0 || found.some(({ value }) => value.kind !== 'skill');
    if (!naming() && read('known').length > 0) {
      // "I am responsible for slow services" states no other goal than this.
      words = all.filter((word) => word.stance === 'asked' || word.stance === 'known');
      found = findMeanings(words);
      ranked = rank(words, found);
    }
    const refusedWords = read('refused');
    const refused = rankByPhrases(findMeanings(refusedWords)).filter((hit) => hit.strength >= TARGET);
    const unwanted = new Set(refused.map((hit) => hit.skill));
    const careers = found.flatMap(({ value, at }) =>
      value.kind === 'career' ? [{ career: value.career, at }] : [],
    );
    const exams = found.flatMap(({ value, at }) => (value.kind === 'exam' ? [{ exam: value.exam, at }] : []));
    const outside = found.flatMap(({ value, at }) =>
      value.kind === 'outside' && (!value.outside.context || ranked.length === 0 || isToBeLearned(words, at))
        ? [{ outside: value.outside, at }]
        : [],
    );
    const lists = new Map(ranked.map((hit) => [hit.skill, hit]));
    const addList = (skills: readonly string[], at: readonly number[]): void => {
      for (const skill of skills) {
        const hit = lists.get(skill);
        if (!hit || hit.strength < BY_LIST) lists.set(skill, { skill, strength: BY_LIST, at: [...at] });
      }
    };
    for (const { career, at } of careers) addList(career.skills, at);
    for (const { exam, at } of exams) addList(skillsOfExam(curriculum, exam), at);
    const wanted = sortHits([...lists.values()]).filter(
      (hit) => !unwanted.has(hit.skill) && curriculum.skills.has(hit.skill),
    );
    const strong = wanted.filter((hit) => hit.strength >= TARGET);
    const besides = [...new Set(outside.flatMap(({ outside }) => outside.near))].filter(
      (id) => curriculum.skills.has(id) && !unwanted.has(id) && !strong.some((hit) => hit.skill === id),
    );
    const most = careers.length + exams.length > 0 ? Number.POSITIVE_INFINITY : MOST_TARGETS;
    const toAsked = (hit: SkillHit): AskedSkill => ({
      skill: hit.skill,
      strength: hit.strength,
      words: quote(words, hit.at),
    });
    let targets = strong.slice(0, most).map(toAsked);
    if (targets.length === 0)
      targets = besides.map((skill) => ({
        skill,
        strength: TARGET,
        words: [
          ...new Set(
            outside.filter((one) => one.outside.near.includes(skill)).flatMap(({ at }) => quote(words, at)),
          ),
        ],
      }));
    const [first] = careers;
    const partly = outside.length > 0 || exams.some(({ exam }) => coverageOf(exam) < TAUGHT);
    return {
      outcome: targets.length === 0 ? 'no-match' : partly ? 'nearest' : 'track',
      targets,
      near: wanted.filter((hit) => hit.strength < TARGET).map(toAsked),
      career: first
        ? {
            id: first.career.id,
            title: first.career.title,
            hasGuide: first.career.hasGuide,
            words: quote(words, first.at),
          }
        : null,
      exams: unique(exams, ({ exam }) => exam.id).map(({ exam, at }) => ({
        id: exam.id,
        code: exam.code,
        title: exam.title,
        status: exam.status,
        ...(exam.retiredOn === undefined ? {} : { retiredOn: exam.retiredOn }),
        successors: exam.successors,
        gaps: exam.domains.flatMap(({ gap }) => gap ?? []),
        words: quote(words, at),
      })),
      outside: unique(outside, ({ outside }) => outside.id).map(({ outside, at }) => ({
        id: outside.id,
        title: outside.title,
        words: quote(words, at),
      })),
      unmatched: unmatchedWords(text, words, found, ranked),
      refused: refused.map((hit) => ({
        skill: hit.skill,
        strength: hit.strength,
        words: quote(refusedWords, hit.at),
      })),
      backgrounds: readBackground(text),
      hasOrders: all.some((word) => word.stance === 'order'),
    };
  }

  function unmatchedWords(
    text: string,
    words: readonly ReadWord[],
    found: readonly Found<Meaning>[],
    ranked: readonly SkillHit[],
  ): string[] {
    const said = new Set([...found.flatMap(({ at }) => at), ...ranked.flatMap(({ at }) => at)]);
    const left = words.filter(
      (word, at) =>
        !said.has(at) &&
        !reader.isFiller(word.folded) &&
        !weak.has(word.stem) &&
        !reader.isKnown(word.folded),
    );
    return [...new Set(left.map((word) => text.slice(word.from, word.to)))];
  }

  function readBackground(text: string): Pick<Background, 'id' | 'title' | 'likely'>[] {
    const found = histories.find(reader.read(text));
    return unique(
      found.map(({ value }) => value),
      ({ id }) => id,
    ).map(({ id, title, likely }) => ({ id, title, likely }));
  }

  return {
    readGoal,
    readBackground,
    rankSkills(text, limit = 10) {
      const words = reader.read(text).filter((word) => word.stance !== 'order');
      const quote = quoteFrom(text);
      return rank(words, findMeanings(words))
        .filter((hit) => curriculum.skills.has(hit.skill))
        .slice(0, limit)
        .map((hit) => ({ skill: hit.skill, strength: hit.strength, words: quote(words, hit.at) }));
    },
    listStems: (text) =>
      reader
        .read(text)
        .filter((word) => !reader.isFiller(word.folded))
        .map((word) => word.stem),
  };
}

const LEARNING = new Set(['learn', 'studi', 'teach', 'master', 'cours', 'certif', 'exam']);

/** "… and learn Figma": a verb of learning stands shortly before. */
function isToBeLearned(words: readonly ReadWord[], at: readonly number[]): boolean {
  const first = at[0] ?? 0;
  return words.slice(Math.max(0, first - 3), first).some((word) => LEARNING.has(word.stem));
}

/** Words as written; those that stand side by side are quoted together. */
function quoteFrom(text: string): (words: readonly ReadWord[], at: readonly number[]) => string[] {
  return (words, at) => {
    const spans = at.flatMap((place) => words[place] ?? []).sort((a, b) => a.from - b.from);
    const joined: { from: number; to: number }[] = [];
    for (const { from, to } of spans) {
      const last = joined.at(-1);
      if (last && /^[\s\-/]{0,2}$/.test(text.slice(last.to, from))) last.to = Math.max(last.to, to);
      else if (!last || from >= last.to) joined.push({ from, to });
    }
    return [...new Set(joined.map(({ from, to }) => text.slice(from, to)))];
  };
}

function unique<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [keyOf(value), value] as const).reverse()).values()].reverse();
}
