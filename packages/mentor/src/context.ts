/** What the learner wants of the mentor. */
export const MODES = ['explain', 'practise', 'feedback', 'examine'] as const;
export type Mode = (typeof MODES)[number];

/** A skill as the learner stands to it, in words. */
export interface SkillInWords {
  id: string;
  title: string;
  /** "Can … given …". */
  criterion: string;
  /** As the ledger has it: "Practising". */
  state: string;
  open: boolean;
  /** It has a lesson and items. */
  written: boolean;
}

/** The unanswered practice item that the question is about, as it was shown. It holds no key. */
export interface IssueInWords {
  skill: string;
  kind: string;
  prompt: string;
  /** Rungs of the hint ladder already shown. */
  hintsShown: string[];
  /** The rung that may be shown next; null where none is left. Its text is authored, and taking it is recorded. */
  nextHint: { n: number; text: string } | null;
}

/** A wrong answer of the learner, with the belief behind it where one is known. */
export interface MissInWords {
  skill: string;
  title: string;
  /** "yesterday in practice". */
  when: string;
  belief: string | null;
  correction: string | null;
  feedback: string | null;
}

/** One question of an oral examination, and what was answered. */
export interface ExaminedInWords {
  about: string;
  question: string;
  answer: string;
}

/**
 * All that a mentor is told: plain words. There is no database behind it, no key of an unanswered item, no hidden test, no name, no
 * address and no other learner in it, so none of these can be said.
 */
export interface MentorContext {
  question: string;
  mode: Mode;
  /** The skill of the page, of the item at hand or of the conversation. */
  atHand: SkillInWords | null;
  issue: IssueInWords | null;
  missed: MissInWords | null;
  /** The learner's recent answers, newest first: "KV cache memory, practice: right, unaided". */
  evidence: string[];
  next: { action: string; skill: string | null; title: string | null; why: string } | null;
  /** Earlier turns of this conversation, oldest first. */
  history: { who: 'learner' | 'mentor'; text: string }[];
  /** The skill that the last answer was about; null at the beginning. */
  about: string | null;
  /** A task that the mentor set last: a worked example without its solution, drawn with this seed. It is no item, and counts for nothing. */
  task: { skill: string; seed: string; prompt: string } | null;
  /** What was handed in for feedback. */
  work: { name: string; text: string } | null;
  /** Of the examination under way; empty at its beginning. */
  examined: ExaminedInWords[];
  /** Chance is an argument: the same seed draws the same numbers. */
  seed: string;
}
