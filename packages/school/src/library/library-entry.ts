import type { StateName } from '@edirae/engine';
import type { ResourceView } from './resource-view.ts';

/** What the library holds, in the order of its filter. */
export const LIBRARY_KINDS = ['quiz', 'deck', 'lab', 'paper', 'docs', 'book', 'other'] as const;

export type LibraryKind = (typeof LIBRARY_KINDS)[number];

/** One thing in the library. */
export interface LibraryEntry {
  kind: LibraryKind;
  /** What a resource is, where its kind does not say. */
  type: ResourceView['type'] | null;
  /** Skill of a quiz, id of a deck or lab, address of a resource. */
  id: string;
  title: string;
  /** Second line: how much it is, who wrote it. */
  detail: string;
  modules: string[];
  /** Where the learner stands on the skill it serves. */
  skill: { id: string; state: StateName; open: boolean; refreshDue: boolean };
  onTrack: boolean;
  /** Null where nobody measured. */
  minutes: number | null;
}

/** Which column of the filter a resource stands in. */
export function kindOf(type: ResourceView['type']): LibraryKind {
  return type === 'paper' || type === 'docs' || type === 'book' ? type : 'other';
}
