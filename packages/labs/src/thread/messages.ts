import type { Graded } from '../grade/grade-submission.ts';
import type { ExplainQuestion } from '../explain/question.ts';
import type { SandboxName, SourceLanguage } from '../sandbox/sandbox.ts';

/** A sandbox as it is told of: where it is, nobody else can touch it. */
export interface SandboxOnOffer {
  name: SandboxName;
  languages: readonly SourceLanguage[];
}

/** What was handed in, and to which lab. */
export interface HandedIn {
  /** The lab's folder. */
  folder: string;
  files: Readonly<Record<string, string>>;
  entry: string;
}

/** What can be asked of a grader, with what it answers. */
export interface Work {
  list: { asked: null; answer: SandboxOnOffer[] };
  /** Starts what is kept ready in the sandboxes that are used. */
  warm: { asked: null; answer: null };
  grade: { asked: HandedIn & { seed: number; tests: 'all' | 'visible' }; answer: Graded };
  question: { asked: HandedIn & { seed: string; count: number }; answer: ExplainQuestion[] };
  /** Ends every process that is kept ready. */
  close: { asked: null; answer: null };
}

/** To the grader. */
export type ToGrader =
  | { [Act in keyof Work]: { kind: 'ask'; id: number; act: Act; asked: Work[Act]['asked'] } }[keyof Work]
  | { kind: 'abort'; id: number };

/** From the grader. `problem` is a failure of ours, never of the code that was handed in. */
export type FromGrader =
  | { kind: 'answer'; id: number; answer: Work[keyof Work]['answer'] }
  | { kind: 'problem'; id: number; problem: string }
  | { kind: 'progress'; id: number; done: number; of: number };
