import type { Topic } from '../schema/vocabulary.ts';
import type { Meaning } from './entries.ts';
import type { Found } from './phrases.ts';
import type { TextHit } from './text-index.ts';
import type { Word } from './words.ts';

/** A skill that a text is about. */
export interface SkillHit {
  skill: string;
  /** 1: named outright; from TARGET on it is asked for; less: it is near. */
  strength: number;
  /** Places of the words that say so, in the list of words read. */
  at: number[];
}

/** From this strength on a skill is a target. */
export const TARGET = 0.5;

/** What a topic says about its skills. */
const CORE = 0.9;
const PART = 0.7;
const NEAR = 0.3;
/** A topic of at most so many skills is as good as a name. */
const NARROW = 3;
/** A broad topic beside a name out of the same topic: "chunk size for RAG" asks less for the rest of it. */
const BESIDE_A_NAME = 0.65;

/** Skills by the phrases found, the strongest first. */
export function rankByPhrases(all: readonly Found<Meaning>[]): SkillHit[] {
  const found = withoutContext(withoutOverruled(all));
  const hits = new Map<string, SkillHit>();
  const add = (skill: string, strength: number, at: readonly number[]): void => {
    const known = hits.get(skill);
    if (!known) hits.set(skill, { skill, strength, at: [...at] });
    else {
      known.strength = Math.max(known.strength, strength);
      known.at = [...new Set([...known.at, ...at])].sort((a, b) => a - b);
    }
  };
  const named = new Set<string>();
  for (const { value, at } of found) {
    if (value.kind !== 'skill') continue;
    named.add(value.skill);
    add(value.skill, 1, at);
  }
  const topics = found.flatMap(({ value, at }) =>
    value.kind === 'topic' ? [{ topic: value.topic, at }] : [],
  );
  for (const { topic } of topics) if (isNarrow(topic)) for (const skill of topic.core) named.add(skill);
  for (const { topic, at } of topics) {
    const beside = !isNarrow(topic) && [...topic.core, ...topic.part].some((skill) => named.has(skill));
    const share = beside ? BESIDE_A_NAME : 1;
    for (const skill of topic.core) add(skill, CORE * share, at);
    for (const skill of topic.part) add(skill, PART * share, at);
    for (const skill of topic.near) add(skill, NEAR, at);
  }
  return sortHits([...hits.values()]);
}

/** Where the vocabulary speaks of the same words, it is more exact than a title or an alias. */
function withoutOverruled(found: readonly Found<Meaning>[]): Found<Meaning>[] {
  const places = new Set(
    found.filter(({ value }) => value.kind !== 'skill' && !isContext(value)).map(({ at }) => at.join()),
  );
  return found.filter(({ value, at }) => value.kind !== 'skill' || !places.has(at.join()));
}

/** Whether a phrase names something that is taught, and not only where a problem is. */
export const isNaming = (value: Meaning): boolean => value.kind !== 'outside' && !isContext(value);

const isContext = (value: Meaning): boolean => value.kind === 'topic' && value.topic.alone;

/** Topics that count alone only, left out where anything else is named. */
function withoutContext(found: readonly Found<Meaning>[]): readonly Found<Meaning>[] {
  const named = found.filter(({ value }) => !isContext(value));
  if (named.some(({ value }) => value.kind !== 'outside')) return named;
  const words = (some: readonly Found<Meaning>[]): number => new Set(some.flatMap(({ at }) => at)).size;
  // "Power BI dashboards" is about Power BI; "from SQL reports to machine learning" is not about SQL.
  return words(named) >= words(found.filter(({ value }) => isContext(value))) ? named : found;
}

function isNarrow(topic: Topic): boolean {
  return topic.core.length <= NARROW;
}

/** A hit in a text counts from this score on for a word of content; below it lie words that many lessons use (measured on bench/goals). */
const LEAST_SCORE = 9;
/** Further hits count from this share of the best one's score on. */
const SCORE_SHARE = 0.6;
const MOST_BY_TEXT = 4;

/**
 * Skills by plain retrieval, for words that no phrase holds.
 * @param words those that were searched for
 */
export function rankByText(
  hits: readonly TextHit[],
  words: readonly { word: Word; at: number }[],
): SkillHit[] {
  const best = hits[0];
  if (!best || best.score < LEAST_SCORE) return [];
  return hits
    .filter((hit) => hit.score >= best.score * SCORE_SHARE)
    .slice(0, MOST_BY_TEXT)
    .map((hit) => ({
      skill: hit.skill,
      strength: Math.min(0.65, 0.65 * (hit.score / best.score)),
      at: words.filter(({ word }) => hit.stems.includes(word.stem)).map(({ at }) => at),
    }));
}

/** The strongest first; equal ones in learning order. */
export function sortHits(hits: SkillHit[], order: readonly string[] = []): SkillHit[] {
  const place = new Map(order.map((id, index) => [id, index]));
  const placeOf = (id: string): number => place.get(id) ?? order.length;
  return hits.sort(
    (a, b) => b.strength - a.strength || placeOf(a.skill) - placeOf(b.skill) || (a.skill < b.skill ? -1 : 1),
  );
}
