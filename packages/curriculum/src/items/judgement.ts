import type { Diagnosis } from './variant.ts';

/** What a grader of one kind found, before it is put into words. */
export interface Judgement {
  correct: boolean;
  /** What follows "Correct." or "Not this time."; null for nothing. */
  headline: string | null;
  /** The headline is a sentence of its own. */
  complete?: true;
  /** The known mistakes it matches, most telling first. */
  matches: readonly Diagnosis[];
  /** Markdown. */
  feedback: string;
}
