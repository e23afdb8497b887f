import type { ItemKind, Level } from '@edirae/engine';
import type { Misconception } from '../curriculum.ts';
import type { Tolerance } from '../schema/item-parts.ts';

/** One line of the table of givens. */
export interface Given {
  label: string;
  value: number;
  unit: string;
}

/** Something with a letter of its own that a learner picks. */
export interface Choice {
  id: string;
  text: string;
}

/** What answering in a certain way says about the learner. All texts are Markdown. */
export interface Diagnosis {
  misconception: string | null;
  headline: string | null;
  feedback: string;
}

export interface KeyedOption extends Choice, Diagnosis {
  correct: boolean;
}

export interface WrongValue extends Diagnosis {
  value: number;
}

export interface NumericKey {
  kind: 'numeric';
  value: number;
  unit: string;
  tolerance: Tolerance;
  /** Further units offered. */
  accepts: string[];
  wrong: WrongValue[];
  feedback: string;
}

export interface OptionsKey {
  kind: 'choice' | 'multi';
  options: KeyedOption[];
  feedback: string;
}

export interface OrderKey {
  kind: 'order';
  options: Choice[];
  /** Ids in the right order. */
  sequence: string[];
  wrong: (Diagnosis & { sequence: string[] })[];
  feedback: string;
}

export interface MatchKey {
  kind: 'match';
  left: Choice[];
  right: Choice[];
  pairs: (Diagnosis & { left: string; right: string })[];
  feedback: string;
}

export interface ClozeKey {
  kind: 'cloze';
  blanks: { id: string; accept: string[]; wrong: (Diagnosis & { accept: string[] })[] }[];
  feedback: string;
}

export interface ShortKey {
  kind: 'short';
  accept: string[];
  wrong: (Diagnosis & { accept: string[] })[];
  feedback: string;
}

/** What is asked and what is right, by kind. It never leaves the server. */
export type VariantKey = NumericKey | OptionsKey | OrderKey | MatchKey | ClozeKey | ShortKey;

/** One concrete item: a family with a seed, or one of its authored variants. */
export interface Variant {
  family: string;
  familyHash: string;
  familyVersion: string;
  skill: string;
  /** A seed in decimal, or the authored variant's id. */
  variant: string;
  /** What a learner and the ledger see of it: the seed, or a digest, since an author's id may name the answer. */
  handle: string;
  kind: ItemKind;
  level: Level;
  title: string;
  /** Markdown. */
  prompt: string;
  given: Readonly<Record<string, Given>>;
  /** Markdown, a ladder. */
  hints: string[];
  /** Markdown. */
  solution: string;
  /** Equal for two variants that read the same. */
  fingerprint: string;
  key: VariantKey;
  misconceptions: readonly Misconception[];
}

/** What a browser may see of a variant. */
export interface PublicItem {
  family: string;
  familyVersion: string;
  variant: string;
  kind: ItemKind;
  level: Level;
  title: string;
  prompt: string;
  given?: Record<string, Given>;
  unit?: string;
  units?: string[];
  options?: Choice[];
  left?: Choice[];
  right?: Choice[];
  blanks?: { id: string }[];
}
