import type { Curriculum } from '@edirae/curriculum';
import MiniSearch from 'minisearch';
import { stemmer } from 'stemmer';
import { findCareer } from './careers.ts';

export interface GoalMatch {
  /** `track`: what the goal asks is taught; `nearest`: part of it is; `no-match`: nothing is. */
  outcome: 'track' | 'nearest' | 'no-match';
  /** Skill ids, best first. */
  targets: string[];
  /** Words of the goal that nothing taught here answers to. */
  unmatched: string[];
}

/** Words that carry no subject: they neither find a skill nor count as unanswered. */
const FILLER = new Set(
  (
    'a able about all an and any are as at be become been better can could decide defend design do does down earn engineer engineers explain fast for from get give go good have help how ' +
    'i in into is it its job know learn less like made make master me month months move my need new next not of on one or our out own really run scale senior set ship show so some stay stays system systems than ' +
    'that the their them then there they this through to understand up us against plan meet pass properly reliable several predictable affordable chatbot use using want way we week weeks well what when where which who why will with without work would year years you your build under more most'
  ).split(' '),
);

/** At most so many targets: beyond that a goal is better stated in parts. */
const MOST_TARGETS = 10;
/** A hit counts from this share of the best hit's score on; below it lie skills that share one common word. */
const SCORE_SHARE = 0.4;

interface Entry {
  id: string;
  title: string;
  aliases: string;
  criterion: string;
  module: string;
}

export type GoalIndex = MiniSearch<Entry>;

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}+#]*/gu) ?? [];
/** One form for quantise, quantize, quantised and quantisation. */
const stem = (word: string): string => stemmer(word.replace(/is(e|ed|es|ing|ation|ations)$/, 'iz$1'));

export function buildGoalIndex(curriculum: Curriculum): GoalIndex {
  const titles = new Map(curriculum.modules.map((module) => [module.id, module.title]));
  const index = new MiniSearch<Entry>({
    fields: ['title', 'aliases', 'criterion', 'module'],
    tokenize: words,
    processTerm: (term) => (FILLER.has(term) ? null : stem(term)),
    searchOptions: {
      boost: { title: 4, aliases: 4, criterion: 1.5, module: 3 },
      fuzzy: (term) => (term.length > 5 ? 0.15 : false),
      prefix: (term) => term.length > 3,
    },
  });
  index.addAll(
    [...curriculum.skills.values()].map((skill) => ({
      id: skill.id,
      title: skill.title,
      aliases: skill.aliases.join(' · '),
      criterion: skill.criterion,
      module: titles.get(skill.module) ?? '',
    })),
  );
  return index;
}

/**
 * A goal in a person's own words, matched to skills by plain retrieval over titles, aliases, criteria and modules.
 * @param text any language and length; English finds most
 */
export function matchGoal(curriculum: Curriculum, index: GoalIndex, text: string): GoalMatch {
  const career = findCareer(curriculum, text);
  if (career) return { outcome: 'track', targets: career.targets, unmatched: [] };

  /** As written, by stem: what is named on a page is the person's own word. */
  const written = new Map(words(text).map((word) => [stem(word), word]));
  const asked = [
    ...new Set(
      words(text)
        .filter((word) => !FILLER.has(word))
        .map(stem),
    ),
  ];
  if (asked.length === 0) return { outcome: 'no-match', targets: [], unmatched: [] };

  const hits = index.search(text);
  const best = hits[0];
  const inOwnWords = (stems: readonly string[]) => stems.map((each) => written.get(each) ?? each);
  if (!best) return { outcome: 'no-match', targets: [], unmatched: inOwnWords(asked) };

  const kept = hits.filter((hit) => hit.score >= best.score * SCORE_SHARE).slice(0, MOST_TARGETS);
  // A word is unmatched only where no skill at all answers to it, kept or not.
  const answered = new Set(hits.flatMap((hit) => hit.queryTerms));
  const unmatched = asked.filter((word) => !answered.has(word));
  return {
    outcome: unmatched.length <= asked.length / 2 ? 'track' : 'nearest',
    targets: kept.map((hit) => String(hit.id)),
    unmatched: inOwnWords(unmatched),
  };
}
