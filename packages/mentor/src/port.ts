/** A section of a lesson. */
export interface Passage {
  skill: string;
  title: string;
  /** Empty for the opening. */
  heading: string;
  /** Markdown. */
  text: string;
}

/** What the curriculum says about a skill. */
export interface SkillBrief {
  id: string;
  title: string;
  criterion: string;
  written: boolean;
  /** Whether this learner may practise it. */
  open: boolean;
  misconceptions: { id: string; belief: string; correction: string }[];
  requires: { id: string; title: string; written: boolean; open: boolean }[];
  buildsOn: string[];
  resources: { title: string; url: string; why: string | null }[];
}

/** An example with its solution, drawn for this question: never one that is open anywhere, never of a family used in checks only. */
export interface WorkedVariant {
  skill: string;
  title: string;
  /** Markdown. */
  prompt: string;
  given: { label: string; value: string }[];
  /** Markdown. */
  solution: string;
  /** What the solution comes to. */
  value: number;
}

export interface FoundSkill {
  skill: string;
  title: string;
  /** 0..1: how much of the question is spoken of there. */
  fit: number;
}

/** Read-only access to what is taught. Nothing behind it writes, and no key of an unanswered item lies behind it. */
export interface CurriculumPort {
  /** Best first. */
  findSkills(question: string, atHand: string | null): FoundSkill[];
  /** Whether a question is about something that is not taught here; on the page of a skill, unknown words alone do not say so. */
  isElsewhere(question: string, atHand: string | null): boolean;
  findSkill(id: string): SkillBrief | undefined;
  /** The passage of the skill's lesson that answers best; undefined where there is no lesson or nothing fits. */
  findPassage(question: string, skill: string): Passage | undefined;
  findWorkedVariant(skill: string, seed: string): WorkedVariant | undefined;
}
