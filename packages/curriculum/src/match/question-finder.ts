import type { Curriculum, Skill } from '../curriculum.ts';
import { learnAskedBefore } from './asked-before.ts';
import type { Matcher } from './matcher.ts';
import { readWords, stem as toStem } from './words.ts';

/** A skill that a question may be about. */
export interface AskedAbout {
  skill: string;
  /** 0..1: how much of what the question says is spoken of there. */
  fit: number;
  /** Stems of the question that are spoken of there. */
  stems: string[];
}

export interface QuestionFinder {
  /**
   * The skills that a question is about, best first; empty where no word of it is ours.
   * @param atHand the skill of the page it was asked on: it counts for more than one that merely shares words
   */
  find(question: string, atHand?: string | null): AskedAbout[];
  /**
   * Whether the question is about something that is not taught here.
   * @param onPage it was asked on a skill's page, where a word that we do not know may belong to it
   */
  isElsewhere(question: string, found: readonly AskedAbout[], onPage?: boolean): boolean;
}

/** Below this fit a question without a word of the trade is about something else. Chosen on bench/mentor/tune.jsonl. */
const LEAST_FIT = 0.17;

/** A question of which so large a share is strange to all that is taught is about something else, unless it fits so well. Chosen on bench/mentor. */
const STRANGE_SHARE = 0.33;
const STRANGE_FIT = 0.7;
const LEAST_ENGLISH = 2;

/** What a word tells by where it stands: how a skill is asked about, or merely something that its lesson mentions. Chosen on the same file. */
const IN_NAME = 1.15;
const IN_WORDS = 1;
const IN_TEXT = 0.05;
/** What a phrase of the vocabulary that names a skill adds, times its strength; below it the matcher has read words, as this does. */
const NAMED = 0.1;
const BY_PHRASE = 0.7;
const AT_HAND = 0.12;
/** Of two skills that fit alike, the one with a lesson can be explained. */
const WRITTEN = 1.05;
/** Two words of the question that stand side by side in what is said of a skill. */
const SIDE_BY_SIDE = 0.06;
/** What the best phrase adds that holds two words of the question or more, and how much its other words take away from that. */
const IN_PHRASE = 0.3;
const OTHER_WORDS = 0.3;
/** A word that one skill alone speaks of may be there by chance; no word counts for more than this. */
const MOST_WEIGHT = 3.5;

/** What likeness to questions asked before adds. */
const ASKED_BEFORE = 1.5;

/** By how much a question has to be likelier one of private life to be one; and likelier ours for strange words not to matter. */
const LIKELIER = 0.03;
const LIKE_OURS = 0.1;

/** Words that say nothing of what a question is about. Fewer than in a goal: "first", "wrong" and "cost" do. */
const SILENT: ReadonlySet<string> = new Set(
  (
    'a about again all also am an and any are as at be been being both but by can could did do does done doing don down each few for from further gave get give ' +
    'given go goes going got had has have having he help her here him his how i if im in into is it its ive just know let like may me might more most must my ' +
    'dont doesnt didnt cant isnt wont havent practise practice drill quiz exercise explain hint stuck simpler please thanks understand no nor not now of off on once one only or other our out over own please say says shall she should so some somebody someone something such than that thats the their them ' +
    'then there these they thing things this those three to too two under up us very was we were what whats when where which who whom whose why will with would yes you your'
  )
    .split(' ')
    .map(toStem),
);

interface Spoken {
  id: string;
  written: boolean;
  name: ReadonlySet<string>;
  words: ReadonlySet<string>;
  pairs: ReadonlySet<string>;
  phrases: readonly ReadonlySet<string>[];
  text: ReadonlySet<string>;
}

/**
 * Finds what a question is about. A goal names what it wants; a question describes a symptom and rarely uses the skill's name. So each
 * word counts by how few skills speak of it, and a skill scores the share of the question's weight that its names, its ways of being
 * asked about (`vocabulary/questions.yaml`), its criterion and its misconceptions carry.
 */
export function createQuestionFinder(
  curriculum: Curriculum,
  matcher: Pick<Matcher, 'rankSkills' | 'listAllStems'>,
): QuestionFinder {
  const spoken = [...curriculum.skills.values()].map((skill) => toSpoken(curriculum, skill));
  const spread = new Map<string, number>();
  for (const { name, words } of spoken)
    for (const stem of new Set([...name, ...words])) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  const weightOf = (stem: string): number => {
    const skills = spread.get(stem) ?? 0;
    return Math.min(MOST_WEIGHT, Math.log(1 + (spoken.length - skills + 0.5) / (skills + 0.5)));
  };

  const isTelling = (stem: string): boolean =>
    stem.length > 1 && !SILENT.has(stem) && !/^[\d.,]+$/.test(stem);
  const before = learnAskedBefore(
    curriculum.vocabulary.asked,
    curriculum.vocabulary.elsewhere.asked,
    isTelling,
  );

  const everyday = toPhrases(curriculum.vocabulary.elsewhere.everyday);
  const trade = toPhrases(curriculum.vocabulary.elsewhere.trade);
  const known = new Set(spoken.flatMap(({ name, words, text }) => [...name, ...words, ...text]));
  const ours = new Set(spoken.flatMap(({ name }) => [...name]));

  /** Whether much of what it says stands nowhere in what is taught: "Romeo", "bones". Of other languages too little is known to say. */
  function isStrange(question: string, stems: readonly string[], ofTrade: number): boolean {
    if (stems.filter((stem) => SILENT.has(stem)).length < LEAST_ENGLISH) return false;
    const telling = new Set(
      matcher.listAllStems(question).filter((stem) => stem.length > 1 && !SILENT.has(stem)),
    );
    const strange = [...telling].filter((stem) => !known.has(stem) && !/^\d/.test(stem)).length;
    return strange > ofTrade && ofTrade < 2 && strange >= telling.size * STRANGE_SHARE;
  }

  /** By how much more it reads like questions about some skill than like those of private life; below 0 the other way. */
  function leansHere(question: string): number {
    const stems = [...new Set(matcher.listAllStems(question))].filter(isTelling);
    // One word alone leans nowhere: "more simply" belongs to what was said before.
    if (stems.length < 2) return 0;
    return Math.max(0, ...before.rate(stems).values()) - before.rateEveryday(stems);
  }

  return {
    isElsewhere(question, found, onPage = false) {
      const stems = readWords(question).map(({ stem }) => stem);
      if (isArithmetic(question)) return true;
      const off = countPhrases(everyday, stems);
      const on = countPhrases(trade, stems);
      const fit = found[0]?.fit ?? 0;
      // So much more like private life than like anything here that no other sign is needed.
      const leans = leansHere(question);
      if (!onPage && on === 0 && leans < -LIKELIER) return true;
      if (off > 0) return on < off || (on === off && fit < LEAST_FIT * 2);
      if (!onPage && leans < LIKE_OURS && isStrange(question, stems, on) && fit < STRANGE_FIT) return true;
      return on === 0 && fit < LEAST_FIT && !stems.some((stem) => stem.length > 3 && ours.has(stem));
    },
    find(question, atHand = null) {
      const all = matcher.listAllStems(question).filter((stem) => stem.length > 1 && !SILENT.has(stem));
      const stems = [...new Set(all)].filter((stem) => !/^[\d.,]+$/.test(stem) || spread.has(stem));
      const whole = stems.reduce((sum, stem) => sum + weightOf(stem), 0);
      const named = new Map(
        matcher
          .rankSkills(question)
          .filter(({ strength }) => strength >= BY_PHRASE)
          .map(({ skill, strength }) => [skill, strength]),
      );
      const rated = before.rate([...new Set(all)]);
      if (whole === 0 && named.size === 0 && rated.size === 0) return [];
      const pairs = all.slice(1).map((stem, i) => `${all[i] ?? ''} ${stem}`);
      return spoken
        .map((one): AskedAbout & { rank: number } => {
          const carried = stems.reduce((sum, stem) => sum + weightOf(stem) * creditOf(one, stem), 0);
          const joined = pairs.filter((pair) => one.pairs.has(pair)).length;
          const base = whole === 0 ? 0 : (carried + IN_PHRASE * bestPhrase(one, stems, weightOf)) / whole;
          const fit =
            base +
            SIDE_BY_SIDE * Math.min(joined, 3) +
            NAMED * (named.get(one.id) ?? 0) +
            (one.id === atHand && base > 0 ? AT_HAND : 0);
          const rank = fit + ASKED_BEFORE * (rated.get(one.id) ?? 0);
          return {
            skill: one.id,
            fit,
            // How far it fits says whether it is ours at all; which of ours it is, questions asked before know better.
            rank: one.written ? rank * WRITTEN : rank,
            stems: stems.filter((stem) => creditOf(one, stem) >= IN_WORDS),
          };
        })
        .filter(({ rank }) => rank > 0)
        .sort((a, b) => b.rank - a.rank || (a.skill < b.skill ? -1 : 1))
        .map(({ skill, fit, stems }) => ({ skill, fit: Math.min(1, fit), stems }));
    },
  };
}

type PhraseList = ReadonlyMap<string, string[][]>;

/** Phrases by their first word, as stems. */
function toPhrases(phrases: readonly string[]): PhraseList {
  const list = new Map<string, string[][]>();
  for (const phrase of phrases) {
    const stems = readWords(phrase).map(({ stem }) => stem);
    const [first] = stems;
    if (first !== undefined) list.set(first, [...(list.get(first) ?? []), stems]);
  }
  return list;
}

function countPhrases(phrases: PhraseList, stems: readonly string[]): number {
  return stems.filter((stem, at) =>
    phrases.get(stem)?.some((phrase) => phrase.every((word, i) => stems[at + i] === word)),
  ).length;
}

/** "What is 17 times 23?" */
function isArithmetic(question: string): boolean {
  const rest = question.replace(
    /\b(what|whats|is|calculate|compute|times|plus|minus|divided|by|the|square|root|of)\b/gi,
    '',
  );
  return /\d/.test(question) && !/[\p{L}]/u.test(rest);
}

/** The weight of the question's words that stand together in one phrase; one word alone is no phrase. */
function bestPhrase(
  { phrases }: Spoken,
  stems: readonly string[],
  weightOf: (stem: string) => number,
): number {
  let best = 0;
  for (const phrase of phrases) {
    const held = stems.filter((stem) => phrase.has(stem));
    if (held.length < 2) continue;
    const weight = held.reduce((sum, stem) => sum + weightOf(stem), 0);
    best = Math.max(best, weight / Math.sqrt(1 + OTHER_WORDS * phrase.size));
  }
  return best;
}

function creditOf({ name, words, text }: Spoken, stem: string): number {
  if (name.has(stem)) return IN_NAME;
  if (words.has(stem)) return IN_WORDS;
  return text.has(stem) ? IN_TEXT : 0;
}

function toSpoken(curriculum: Curriculum, skill: Skill): Spoken {
  const name = [skill.title, skill.id.replaceAll('-', ' '), ...skill.aliases];
  const asked = curriculum.vocabulary.questions[skill.id] ?? [];
  const words = [...asked, skill.criterion, ...skill.misconceptions.map(({ belief }) => belief)];
  const text = [
    ...skill.misconceptions.map(({ correction }) => correction),
    ...skill.cards.flatMap(({ front, back }) => [front, back]),
    ...skill.families.map((id) => curriculum.families.get(id)?.title ?? ''),
    skill.lesson?.markdown ?? '',
  ];
  return {
    id: skill.id,
    written: skill.status === 'written',
    name: stemsOf(name),
    words: stemsOf(words),
    pairs: new Set([...name, ...words].flatMap(pairsOf)),
    phrases: [...name, ...words].flatMap(phrasesOf),
    text: stemsOf(text),
  };
}

function stemsOf(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => readWords(text).map(({ stem }) => stem)));
}

/** What stands between two commas, as the words in it that tell something. */
function phrasesOf(text: string): Set<string>[] {
  return text
    .split(/[,;.]/)
    .map((part) => new Set([...stemsOf([part])].filter((stem) => !SILENT.has(stem))))
    .filter((phrase) => phrase.size > 1);
}

function pairsOf(text: string): string[] {
  const stems = text.split(',').map((part) => readWords(part).map(({ stem }) => stem));
  return stems.flatMap((part) => part.slice(1).map((stem, i) => `${part[i] ?? ''} ${stem}`));
}
