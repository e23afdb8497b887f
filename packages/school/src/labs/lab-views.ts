import type { StateName } from '@edirae/engine';
import type { BrowserLab, Status, WrittenTest } from '@edirae/labs';
import type { LabFiles, LabLanguage } from '../store/lab-drafts.ts';

/** How far a learner is with a lab. `explained`: the skills it carries are Applied. */
export type LabState = 'new' | 'begun' | 'submitted' | 'passed' | 'explained';

interface Named {
  id: string;
  title: string;
}

export interface LabListView {
  /** The one worked on last and not finished. */
  goOn: LabRowView | null;
  stages: { stage: number; labs: LabRowView[] }[];
  onTrack: number;
  total: number;
}

export interface LabRowView extends Named {
  stage: number;
  minutes: number;
  /** Number of the stage it closes; null for an ordinary lab. */
  capstone: number | null;
  languages: LabLanguage[];
  /** The first paragraph of the instructions, as plain text. */
  story: string;
  /** What it proves. */
  skills: (Named & { state: StateName })[];
  /** Its skills that are not open yet: advice, never a lock. */
  ahead: Named[];
  onTrack: boolean;
  state: LabState;
  /** Hidden tests of the last submission. */
  tests: { passed: number; of: number } | null;
  lastAt: number | null;
  passedAt: number | null;
  appliedAt: number | null;
}

export interface LabTestView extends WrittenTest {
  name: string;
  rubric: string;
}

export interface LabView extends LabRowView {
  language: LabLanguage;
  entry: string;
  instructions: string;
  instructionsHtml: string;
  limits: { wallMs: number; memoryMb: number; outputKb: number };
  rubric: {
    id: string;
    title: string;
    weight: number;
    by: 'tests' | 'person';
    skills: Named[];
    /** The file that a person reads. */
    file: string | null;
  }[];
  visible: LabTestView[];
  /** How many hidden tests decide. */
  hidden: number;
  browserLab: BrowserLab;
  starter: LabFiles;
  /** Null: nothing was saved yet. */
  draft: LabDraftView | null;
  /** Versions of other devices that lost a conflict and were not looked at yet. */
  setAside: LabDraftRowView[];
  hints: { of: number; taken: LabHintView[] };
  aid: { hints: number; mentor: boolean; solution: boolean };
  submission: SubmissionView | null;
  run: SubmissionView | null;
  history: SubmissionRowView[];
  explainBack: ExplainBackView | null;
  explain:
    | { allowed: true; submissionId: string }
    | { allowed: false; why: 'not-passed' | 'aided' | 'explained' }
    | { allowed: false; why: 'wait'; until: number };
  evidence: LabEvidenceView[];
  /** Where a submission would run; null: this server has nothing for the language. */
  sandbox: string | null;
}

export interface LabHintView {
  n: number;
  title: string;
  text: string;
  html: string;
}

export interface LabEvidenceView {
  skill: Named;
  state: StateName;
  /** Of the lines that carry the skill and that tests decide, in the last submission, 0..1; null where there are none, or none was graded. */
  share: number | null;
  applied: { at: number; assurance: 'explained-back' } | null;
  /** A line that carries it waits for a person. */
  unreviewed: boolean;
  /** What Applied still asks for, in this order. `check`: it is shown once the skill is Demonstrated or Knows. */
  missing: ('unaided' | 'pass' | 'explain-back' | 'check')[];
}

export interface LabDraftRowView {
  version: number;
  savedAt: number;
  device: string | null;
  bytes: number;
  fate: 'current' | 'earlier' | 'set-aside';
}

export interface LabDraftView extends LabDraftRowView {
  files: LabFiles;
}

/** `broken`: our side failed and nothing was recorded. */
export type SubmissionState = 'queued' | 'running' | 'done' | 'cancelled' | 'broken';

export interface SubmissionRowView {
  id: string;
  lab: string;
  language: LabLanguage;
  /** 1, 2, … of those that are graded. */
  number: number | null;
  at: number;
  state: SubmissionState;
  status: Status | null;
  /** 0..100. */
  score: number | null;
  /** All of them, visible and hidden. */
  tests: { passed: number; of: number } | null;
  /** Its place in the ledger. */
  row: number | null;
}

export interface SubmissionView extends SubmissionRowView {
  kind: 'submission' | 'run';
  /** Served before it, while it is queued. */
  ahead: number | null;
  progress: { done: number; of: number } | null;
  result: LearnerResult | null;
  files: LabFiles;
  /** Skills that it made Applied, once it was explained. */
  moved: { skill: Named; state: StateName }[];
}

/** A result as its author may see it: of hidden tests name and verdict, and nothing else. */
export interface LearnerResult {
  status: Status;
  reason: string | null;
  sandbox: string | null;
  language: 'py' | 'ts' | 'js' | null;
  visible: { name: string; rubric: string; passed: boolean; message: string }[];
  hidden: { name: string; passed: boolean }[];
  firstFailure: (WrittenTest & { name: string; message: string }) | null;
  score: {
    total: number;
    lines: {
      id: string;
      title: string;
      weight: number;
      earned: number;
      by: 'tests' | 'person';
      waiting: boolean;
    }[];
  };
  stdout: string;
  truncated: boolean;
  resources: { wallMs: number; cpuMs: number; peakMemoryMb: number };
}

export interface FileComparison {
  path: string;
  lines: {
    kind: 'same' | 'added' | 'removed';
    /** Line numbers from 1; null where the line is not in that file. */
    before: number | null;
    after: number | null;
    text: string;
  }[];
}

export interface ExplainBackView {
  id: string;
  lab: string;
  submissionId: string;
  /** `broken`: the questions could not be made. Nothing was recorded. */
  state: 'preparing' | 'open' | 'explained' | 'not-yet' | 'broken';
  at: number;
  questions: ExplainQuestionView[];
  right: number | null;
  of: number;
  needs: number;
  /** When other questions may be asked for. */
  until: number | null;
  moved: { skill: Named; state: StateName }[];
}

export interface ExplainQuestionView {
  n: number;
  kind: 'value' | 'mutation';
  prompt: string;
  code: {
    file: string;
    from: number;
    lines: string[];
    changed: { line: number; before: string; after: string };
  } | null;
  steps: string[];
  /** Null: the answer is typed. */
  options: { id: string; text: string }[] | null;
  /** Null until it was answered. */
  answer: { given: string | null; right: boolean; correct: string } | null;
}
