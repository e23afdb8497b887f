import type { Curriculum } from '../curriculum.ts';
import type { Certification } from '../schema/certification.ts';
import type { Background, Outside } from '../schema/vocabulary.ts';
import { coverageOf, skillsOfExam } from './entries.ts';
import type { Meaning, NamedCareer } from './entries.ts';
import type { Found } from './phrases.ts';
import { quote, spansOf } from './quote.ts';
import { sortHits, TARGET } from './rank-skills.ts';
import type { SkillHit } from './rank-skills.ts';
import type { ReadWord } from './read-text.ts';
import type { Span } from './read-time.ts';

/** The words of a text that say something, as written and where. */
export interface Quoted {
  words: string[];
  spans: Span[];
}

/** A skill that a goal asks for. */
export interface AskedSkill extends Quoted {
  skill: string;
  /** From .5 on it is a target; 1: named outright. */
  strength: number;
}

/** A goal as read: what it asks for, what of it is not taught here, and what it says besides. */
export interface GoalReading {
  /** `track`: what it asks for is taught; `nearest`: part of it is, or only what lies next to it; `no-match`: nothing is. */
  outcome: 'track' | 'nearest' | 'no-match';
  /** The skills asked for, the most wanted first. */
  targets: AskedSkill[];
  /** Skills that would help, and are no target. */
  near: AskedSkill[];
  /** A job that it names: its whole list is asked for. */
  career: (Pick<NamedCareer, 'id' | 'title' | 'hasGuide'> & Quoted) | null;
  /** Certifications that it names, with what of their examinations is not taught here. */
  exams: (Pick<Certification, 'id' | 'code' | 'title' | 'status' | 'retiredOn' | 'successors'> &
    Quoted & { gaps: string[] })[];
  /** What of it is not taught here, in its own words. */
  outside: (Pick<Outside, 'id' | 'title'> & Quoted)[];
  /** Words that nothing taught here answers to. */
  unmatched: string[];
  /** Skills that it says not to want. */
  refused: AskedSkill[];
  /** Histories that it tells of. */
  backgrounds: Pick<Background, 'id' | 'title' | 'likely'>[];
  /** It holds sentences addressed to the system; these are not read as a goal. */
  hasOrders: boolean;
}

/** What was found in a goal's words, before it is put together. */
export interface Findings {
  text: string;
  words: readonly ReadWord[];
  found: readonly Found<Meaning>[];
  ranked: readonly SkillHit[];
  refused: { words: readonly ReadWord[]; hits: SkillHit[] };
  unmatched: string[];
  backgrounds: GoalReading['backgrounds'];
  hasOrders: boolean;
}

/** At most so many targets: beyond that a goal is better stated in parts. */
const MOST_TARGETS = 24;
/** From this share of its examination on, a certification counts as taught; what is missing is named all the same. */
const TAUGHT = 0.7;
/** A job's or a certification's skills are asked for, though not one by one. */
const BY_LIST = 0.8;

/** Puts a reading together. */
export function assembleReading(curriculum: Curriculum, findings: Findings): GoalReading {
  const { text, words, found, ranked, refused } = findings;
  const quoted = (at: readonly number[]): Quoted => toQuoted(text, words, at);
  const careers = found.flatMap(({ value, at }) =>
    value.kind === 'career' ? [{ career: value.career, at }] : [],
  );
  const exams = found.flatMap(({ value, at }) => (value.kind === 'exam' ? [{ exam: value.exam, at }] : []));
  const outside = found.flatMap(({ value, at }) =>
    value.kind === 'outside' && (!value.outside.context || ranked.length === 0 || isToBeLearned(words, at))
      ? [{ outside: value.outside, at }]
      : [],
  );
  const unwanted = new Set(refused.hits.map((hit) => hit.skill));
  const isTaught = (skill: string): boolean => curriculum.skills.has(skill) && !unwanted.has(skill);
  const wanted = withLists(ranked, [
    ...careers.map(({ career, at }) => ({ skills: career.skills, at })),
    ...exams.map(({ exam, at }) => ({ skills: skillsOfExam(curriculum, exam), at })),
  ]).filter((hit) => isTaught(hit.skill));
  const inOrder = sortHits(wanted, curriculum.graph.order);
  const strong = inOrder.filter((hit) => hit.strength >= TARGET);
  const most = careers.length + exams.length > 0 ? Number.POSITIVE_INFINITY : MOST_TARGETS;
  const toAsked = (hit: SkillHit): AskedSkill => ({
    skill: hit.skill,
    strength: hit.strength,
    ...quoted(hit.at),
  });
  // "C++ game development": the subject is games, and what lies next to C++ is beside the point.
  const clauseOf = (at: readonly number[]): number | undefined => words[at[0] ?? 0]?.clause;
  const subjects = new Set(
    outside.flatMap((one) => (one.outside.near.length === 0 ? [clauseOf(one.at)] : [])),
  );
  const besides = outside.filter(({ at }) => !subjects.has(clauseOf(at)));
  const targets =
    strong.length > 0
      ? strong.slice(0, most)
      : [...new Set(besides.flatMap((one) => one.outside.near))].filter(isTaught).map((skill) => ({
          skill,
          strength: TARGET,
          at: besides.filter((one) => one.outside.near.includes(skill)).flatMap(({ at }) => at),
        }));
  const partly = outside.length > 0 || exams.some(({ exam }) => coverageOf(exam) < TAUGHT);
  // "AI engineering architect" holds "AI engineer": the longest name is meant.
  const [first] = [...careers].sort((a, b) => b.at.length - a.at.length);
  return {
    outcome: targets.length === 0 ? 'no-match' : partly ? 'nearest' : 'track',
    targets: targets.map(toAsked),
    near: inOrder.filter((hit) => hit.strength < TARGET).map(toAsked),
    career: first
      ? {
          id: first.career.id,
          title: first.career.title,
          hasGuide: first.career.hasGuide,
          ...quoted(first.at),
        }
      : null,
    exams: unique(exams, ({ exam }) => exam.id).map(({ exam, at }) => ({ ...toExam(exam), ...quoted(at) })),
    outside: unique(outside, ({ outside }) => outside.id).map(({ outside, at }) => ({
      id: outside.id,
      title: outside.title,
      ...quoted(at),
    })),
    unmatched: findings.unmatched,
    refused: refused.hits.map((hit) => ({
      skill: hit.skill,
      strength: hit.strength,
      ...toQuoted(text, refused.words, hit.at),
    })),
    backgrounds: findings.backgrounds,
    hasOrders: findings.hasOrders,
  };
}

/** Hits, and every skill of the lists. */
function withLists(
  ranked: readonly SkillHit[],
  lists: readonly { skills: readonly string[]; at: readonly number[] }[],
): SkillHit[] {
  const hits = new Map(ranked.map((hit) => [hit.skill, hit]));
  for (const { skills, at } of lists) {
    for (const skill of skills) {
      const hit = hits.get(skill);
      if (!hit || hit.strength < BY_LIST) hits.set(skill, { skill, strength: BY_LIST, at: [...at] });
    }
  }
  return [...hits.values()];
}

function toExam(exam: Certification): Omit<GoalReading['exams'][number], keyof Quoted> {
  const { id, code, title, status, retiredOn, successors } = exam;
  return {
    id,
    code,
    title,
    status,
    ...(retiredOn === undefined ? {} : { retiredOn }),
    successors,
    gaps: exam.domains.flatMap(({ gap }) => gap ?? []),
  };
}

const LEARNING = new Set(['learn', 'studi', 'teach', 'master', 'cours', 'certif', 'exam']);

/** "… and learn Figma": a verb of learning stands shortly before. */
function isToBeLearned(words: readonly ReadWord[], at: readonly number[]): boolean {
  const first = at[0] ?? 0;
  return words.slice(Math.max(0, first - 3), first).some((word) => LEARNING.has(word.stem));
}

export function toQuoted(text: string, words: readonly ReadWord[], at: readonly number[]): Quoted {
  const spans = spansOf(text, words, at);
  return { words: quote(text, spans), spans };
}

/** The first of each key. */
export function unique<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(keyOf(value)) && seen.add(keyOf(value)));
}
