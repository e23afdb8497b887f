import type { Certification } from '../schema/certification.ts';
import type { Background, Outside } from '../schema/vocabulary.ts';
import type { NamedCareer } from './entries.ts';

/** A skill that a goal asks for. */
export interface AskedSkill {
  skill: string;
  /** From .5 on it is a target; 1: named outright. */
  strength: number;
  /** The goal's own words that say so, in its order. */
  words: string[];
}

/** A goal as read: what it asks for, what of it is not taught here, and what it says besides. */
export interface GoalReading {
  /** `track`: what it asks for is taught; `nearest`: part of it is, or only what lies next to it; `no-match`: nothing is. */
  outcome: 'track' | 'nearest' | 'no-match';
  /** The skills asked for, the strongest first. */
  targets: AskedSkill[];
  /** Skills that would help, and are no target. */
  near: AskedSkill[];
  /** A job that it names: its whole list counts, what only helps included. */
  career: (Pick<NamedCareer, 'id' | 'title' | 'hasGuide'> & { words: string[] }) | null;
  /** Certifications that it names, with what of their examinations is not taught here. */
  exams: (Pick<Certification, 'id' | 'code' | 'title' | 'status' | 'retiredOn' | 'successors'> & {
    gaps: string[];
    words: string[];
  })[];
  /** What of it is not taught here, in its own words. */
  outside: (Pick<Outside, 'id' | 'title'> & { words: string[] })[];
  /** Words that nothing taught here answers to. */
  unmatched: string[];
  /** Skills that it says not to want. */
  refused: AskedSkill[];
  /** Histories that it tells of. */
  backgrounds: Pick<Background, 'id' | 'title' | 'likely'>[];
  /** It holds sentences addressed to the system; these are not read as a goal. */
  hasOrders: boolean;
}
