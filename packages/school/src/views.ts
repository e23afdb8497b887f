/**
 * What pages and the API are given to show: plain, serialisable, already authorised, never holding an answer key
 * that the learner has not earned. Times are integer milliseconds UTC, probabilities 0..1, Markdown is rendered
 * to sanitised HTML only in fields that end in `Html`.
 */
import type { LabState } from './labs/lab-views.ts';
import type { Aid, Belief, Confidence, ItemKind, Level, Place } from '@edirae/engine';

export type StateName = 'new' | 'practising' | 'placed' | 'knows' | 'demonstrated' | 'retained' | 'applied';

/** One variant as shown: the `item` of the API, with its texts also rendered for pages. */
export interface ItemView {
  issueId: string;
  /** Null in an unlabelled review until it is answered. */
  skill: string | null;
  family: string;
  familyVersion: string;
  variant: string;
  context: Place;
  kind: ItemKind;
  level: Level;
  title: string;
  prompt: string;
  promptHtml: string;
  given?: Record<string, { label: string; value: string | number; unit: string }>;
  unit?: string;
  units?: string[];
  options?: OptionView[];
  left?: OptionView[];
  right?: OptionView[];
  blanks?: { id: string }[];
  /** Tolerance in words, for numeric items: "within 2%". */
  tolerance?: string;
}

export interface OptionView {
  id: string;
  text: string;
  html: string;
}

/** How many hints there are, and those already shown. */
export interface HintLadderView {
  total: number;
  shown: { n: number; text: string; html: string }[];
}

/** What a rule asks and how far it is met. */
export interface ConditionView {
  name: string;
  value: number;
  needs: number;
  met: boolean;
  text: string;
}

export interface RuleView {
  version: number;
  sentence: string;
  conditions: ConditionView[];
}

export interface SkillRowView {
  id: string;
  title: string;
  criterion: string;
  module: { id: string; number: number; title: string };
  stage: number;
  minutes: number;
  state: StateName;
  /** Demonstrated, Retained … but the forgetting curve asks for a review. */
  refreshDue: boolean;
  open: boolean;
  written: boolean;
  /** Asked for by the goal itself. */
  target: boolean;
  why: string;
  requires: string[];
  buildsOn: string[];
  p: Belief | null;
}

export interface PlanView {
  p50: number;
  p90: number;
  /** `plan`: from the plan, not yet from this learner; `answers`: their answers, at the plan's pace; `you`: their own pace. */
  basis: 'plan' | 'answers' | 'you';
  /** Answers so far on the track's skills. */
  observations: number;
  minutesLeft: number;
  meetsDeadline: boolean | null;
}

export interface TrackView {
  goalId: string;
  goal: {
    text: string;
    background: string | null;
    hoursPerWeek: number;
    deadline: string | null;
    setAt: number;
    /** YYYY-MM-DD: learning rests until then. */
    pausedUntil: string | null;
    /** The order is the learner's own. */
    ordered: boolean;
  };
  outcome: 'track' | 'nearest' | 'no-match';
  skills: SkillRowView[];
  skipped: { id: string; title: string; why: string }[];
  plan: PlanView | null;
  /** Those that prove what the goal asks for, then the capstones that it mostly holds. */
  labs: LabLinkView[];
  placementOffered: boolean;
}

export interface NextView {
  action: 'placement' | 'practice' | 'check' | 'review' | 'lab' | 'done';
  skill: string | null;
  /** Of the skill, or of the lab. */
  title: string | null;
  /** Only with `lab`. */
  lab?: { id: string; title: string };
  why: string;
}

/** A lab as other pages name it. */
export interface LabLinkView {
  id: string;
  title: string;
  minutes: number;
  /** It closes a stage. */
  capstone: boolean;
  state: LabState;
}

export interface TodayView {
  track: TrackView | null;
  next: NextView;
  /** Skills after the next one, in order. */
  after: NextView[];
  openCheck: { checkId: string; skill: string; title: string } | null;
  openPlacement: { placementId: string } | null;
  due: { skills: number; nextAt: number | null; cards: number };
}

/** One row of evidence as a person reads it. */
export interface EvidenceView {
  issueId: string;
  at: number;
  place: Place;
  family: string;
  familyTitle: string;
  variant: string;
  outcome: 'correct' | 'incorrect' | 'skipped';
  aid: Aid;
  firstTry: boolean;
}

export interface SkillView extends SkillRowView {
  /** Skills that still lock this one. */
  lockedBy: { id: string; title: string; state: StateName }[];
  requiresRows: { id: string; title: string; state: StateName }[];
  leadsTo: { id: string; title: string; state: StateName }[];
  misconceptions: { id: string; belief: string; correction: string }[];
  lesson: { html: string; headings: { id: string; text: string; level: number }[]; words: number } | null;
  resources: { title: string; org: string; url: string; type: string; why: string | null }[];
  sources: { title: string; url: string; date: string | null }[];
  cards: number;
  families: number;
  /** Those whose rubric carries the skill. */
  labs: LabLinkView[];
  rule: RuleView;
  gate:
    | { allowed: true; challenge: boolean }
    | { allowed: false; why: 'check-open'; checkId: string; skill: string }
    | { allowed: false; why: 'practice-first'; remaining: number; families: string[] }
    | { allowed: false; why: 'stopped'; until: number; propose: { id: string; title: string } | null }
    | { allowed: false; why: 'not-written' };
  checks: CheckSummaryView[];
  evidence: EvidenceView[];
  dates: {
    placedAt: number | null;
    knowsAt: number | null;
    demonstratedAt: number | null;
    retainedAt: number | null;
    appliedAt: number | null;
  };
  /** Of the highest state. */
  assurance: 'self-attested' | 'explained-back' | 'witnessed';
  inTrack: boolean;
}

export interface CheckSummaryView {
  checkId: string;
  at: number;
  outcome: 'passed' | 'not-yet' | 'no-variant' | 'withdrawn';
  asked: number;
  misses: number;
  streak: number;
  p: number;
}

/** The verdict on one answer. During placement `correct` and all texts are null; during a check `solution` is null until it ends. */
export interface VerdictView {
  issueId: string;
  /** True when this issue had been answered before: the first verdict stands. */
  repeated: boolean;
  correct: boolean | null;
  outcome: 'correct' | 'incorrect' | 'skipped' | null;
  skill: string;
  firstTry: boolean;
  aid: Aid;
  confidence: Confidence | null;
  misconception: { id: string; title: string } | null;
  headline: string | null;
  feedback: string | null;
  feedbackHtml: string | null;
  solution: string | null;
  solutionHtml: string | null;
  p: { before: number; after: number; low: number; high: number };
  state: StateName;
  opened: { id: string; title: string }[];
  /** The learner's answer in words. */
  yourAnswer: string;
  check?: CheckProgressView;
  next?: ItemView;
}

export interface CheckProgressView {
  checkId: string;
  status: 'open' | 'passed' | 'not-yet' | 'no-variant' | 'withdrawn';
  streak: number;
  misses: number;
  asked: number;
  missing: string[];
  conditions: ConditionView[];
  /** False where no answers to come could pass it: it ends not yet, at the latest after the tenth, or where the learner ends it. */
  canPass: boolean;
  /** One entry an answer so far. */
  run: ('correct' | 'incorrect' | 'skipped')[];
}

export interface CheckView {
  checkId: string;
  skill: { id: string; title: string; criterion: string };
  challenge: boolean;
  startedAt: number;
  rule: RuleView;
  progress: CheckProgressView;
  p: Belief;
  /** Null once the check has ended. */
  item: ItemView | null;
}

export interface CheckResultView {
  checkId: string;
  skill: { id: string; title: string; criterion: string };
  outcome: 'passed' | 'not-yet' | 'no-variant' | 'withdrawn';
  challenge: boolean;
  startedAt: number;
  endedAt: number;
  seq: number;
  rule: RuleView;
  progress: CheckProgressView;
  p: { value: number; low: number; high: number };
  state: StateName;
  missing: string[];
  misconceptions: { id: string; title: string; correction: string }[];
  mend: { remaining: number; families: { id: string; title: string }[] } | null;
  stop: { until: number; propose: { id: string; title: string } | null } | null;
  opened: { id: string; title: string }[];
  placed: { id: string; title: string }[];
  items: {
    issueId: string;
    title: string;
    promptHtml: string;
    outcome: 'correct' | 'incorrect' | 'skipped';
    confidence: Confidence | null;
    headline: string;
    feedbackHtml: string;
    solutionHtml: string;
    yourAnswer: string;
    disputed: boolean;
    retracted: boolean;
  }[];
  receipt: { id: string } | null;
}

export interface PracticeView {
  skill: { id: string; title: string; criterion: string; state: StateName };
  item: ItemView;
  hints: HintLadderView;
  p: Belief;
  mend: { remaining: number; families: { id: string; title: string }[] } | null;
  lastCheck: CheckSummaryView | null;
}

export interface PlacementView {
  placementId: string;
  asked: number;
  most: number;
  item: ItemView;
}

export interface PlacementResultView {
  placementId: string;
  asked: number;
  placed: { id: string; title: string; p: number }[];
  open: { id: string; title: string }[];
  next: NextView;
}

export interface ReviewView {
  item: ItemView;
  due: number;
}

export interface ProgressView {
  skills: {
    id: string;
    title: string;
    state: StateName;
    flags: ('refresh-due' | 'marked' | 'waived')[];
    p: Belief | null;
    demonstratedAt: number | null;
    knowsAt: number | null;
    retainedAt: number | null;
    appliedAt: number | null;
  }[];
  counts: Record<StateName, number>;
  answers: { total: number; unaided: number; aided: number };
  /** First tries with a stated confidence. */
  calibration: { said: Confidence; n: number; correct: number }[];
  /** Mean squared error of the stated confidences, 0 (perfect) to 1; null under 30 of them. */
  brier: number | null;
  /** First tries in practice, checks and reviews: with help from Edirae, and without. */
  firstTries: Record<'aided' | 'alone', { n: number; correct: number }>;
  ledger: { length: number; hash: string };
  receipts: { id: string; skill: string; title: string; at: number }[];
}

export interface LedgerView {
  learnerId: string;
  events: { seq: number; at: number; type: string; body: unknown; prev: string; hash: string }[];
  head: { seq: number; hash: string };
}

/** Someone who may act: who they are, and how to greet them. */
export interface AccountView {
  learnerId: string;
  guest: boolean;
  email: string | null;
  name: string | null;
  /** Sees the operator's page. */
  operator: boolean;
}
