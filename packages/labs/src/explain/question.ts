import type { Lab } from '../load/lab.ts';
import type { Program, Sandbox } from '../sandbox/sandbox.ts';

/** A question about a submission, asked of its author. Its key was computed by running the submission; it stays on the server. */
export interface ExplainQuestion {
  kind: 'value' | 'mutation';
  prompt: string;
  /** The lines that it is about, and for a mutation the changed one. */
  code: {
    file: string;
    /** Number of the first line. */
    from: number;
    lines: string[];
    changed: { line: number; before: string; after: string };
  } | null;
  /** What is done to the submission, line by line; the last line is asked about. Empty for a mutation. */
  steps: string[];
  /** Null: the answer is typed. */
  options: { id: string; text: string }[] | null;
  /** The id of the right option, or the value as JSON. */
  key: string;
}

/** What questions are made from. */
export interface QuestionsAbout {
  lab: Lab;
  /** A submission that passed. */
  program: Program;
  sandbox: Sandbox;
  /** The same seed asks the same. */
  seed: string;
  count: number;
  signal?: AbortSignal;
  progress?: (done: number, of: number) => void;
}

/** The same things in an order that chance decides. */
export function shuffle<T>(things: readonly T[], random: () => number): T[] {
  return things
    .map((thing) => ({ thing, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ thing }) => thing);
}
