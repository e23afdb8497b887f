/** What a search may lead to. */
export const SEARCH_KINDS = [
  'skill',
  'lesson',
  'practice',
  'card',
  'lab',
  'resource',
  'guide',
  'exam',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** One thing that can be found. It holds no question and no answer of an item: what is found is its subject. */
export interface SearchEntry {
  kind: SearchKind;
  /** Unique among all. */
  id: string;
  title: string;
  /** Other words for the title. */
  names: string[];
  /** What is said there, as plain text. */
  text: string;
  /** What it is found by and never shown: misconceptions, which would read as claims. */
  unshown: string;
  /** Id of the skill, lab, guide or exam it opens; the address of a resource. */
  target: string;
  /** Heading of the lesson to open it at. */
  place: string | null;
  /** Title of the skill that a passage, card or family belongs to; organisation of a resource. */
  within: string | null;
}

/** A piece of a text, and whether it is what was searched for. */
export interface Marked {
  text: string;
  hit: boolean;
}
