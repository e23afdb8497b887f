/**
 * The facts. Everything a learner does is one of these events, appended to a ledger and never edited.
 * An event carries all that a replay needs, so that no later change of content or model can alter a past decision.
 */

/** Where an item was shown. Only answers given in a check count towards Demonstrated. */
export type Place = 'placement' | 'practice' | 'check' | 'review' | 'lab';

export type ItemKind = 'choice' | 'multi' | 'numeric' | 'order' | 'match' | 'cloze' | 'short';

/** 1 recall, 2 apply, 3 analyse. */
export type Level = 1 | 2 | 3;

/** `skipped` is "I don't know yet": a miss, said honestly. */
export type Outcome = 'correct' | 'incorrect' | 'skipped';

/** The strongest help Edirae gave between issue and answer. */
export type Aid = 'none' | 'hint-1' | 'hint-2' | 'hint-3' | 'mentor' | 'solution';

/** How sure the learner said they were, in per cent, before the verdict. */
export type Confidence = 25 | 50 | 75 | 95;

export type EvidenceKind = 'parametric-numeric' | 'quiz' | 'code-lab' | 'design-review' | 'oral-defence';

/** What a decision was made with. A re-fit or an edited item never changes a past decision. */
export interface Pins {
  /** Version of the mastery rule. */
  rule: number;
  /** Id of the estimator, e.g. `elo-bkt-1`. */
  estimator: string;
  /** SHA-256 of the whole curriculum. */
  curriculum: string;
  /** SHA-256 of the item family; empty where an event concerns no single family. */
  family: string;
}

/** Probability that an unseen item of the skill's mean difficulty is answered correctly, with its 90% interval. */
export interface Belief {
  p: number;
  low: number;
  high: number;
  /** Observations it rests on. */
  n: number;
}

/** One variant shown to one learner, as recorded. */
export interface IssueFacts {
  issueId: string;
  place: Place;
  /** The check or placement it belongs to. */
  sessionId: string | null;
  skill: string;
  family: string;
  /** A seed in decimal for a parametric family, else the authored variant's id. */
  variant: string;
  /** Equal for two variants that read the same. */
  fingerprint: string;
  kind: ItemKind;
  level: Level;
  /** Author's difficulty of the family, in logits. */
  difficulty: number;
  /** Mean difficulty of the skill's families, in logits. */
  skillDifficulty: number;
  /** Never issued to this learner, or not for 90 days. */
  fresh: boolean;
  /** The issue this one repeats, when the learner tries the same variant again. */
  retryOf: string | null;
  /**
   * In a placement only: what the skill requires, directly or not, when the item was issued. A right answer is part
   * evidence for these too, and the ledger must say which, because a later graph may differ.
   */
  requires?: string[];
  pins: Pins;
}

/** A line of a lab's rubric, as a graded submission earned it. */
export interface LabLine {
  id: string;
  /** Share of the whole, in per cent. */
  weight: number;
  /** Of the weight; 0 while a person has not judged it. */
  earned: number;
  by: 'tests' | 'person';
  skills: string[];
}

/** An answer that counts in part as a review of a skill beneath its own. Weight: share of a review, 0..1. */
export interface ReviewCredit {
  skill: string;
  weight: number;
}

export interface EventBodies {
  'learner-created': {
    guest: boolean;
    /** Id of the estimator that this learner begins with. Absent in ledgers from before `mixer-1`: these rest on `elo-bkt-1`. */
    estimator?: string;
  };
  /**
   * From here on the learner rests on a re-fitted estimator: decisions pin it, those before keep theirs. What it makes of all answers so
   * far is recorded, so that a replay needs no second walk; an audit computes it again.
   */
  'estimator-adopted': {
    estimator: string;
    /** The one that decided until now. */
    previous: string;
    /** The estimator's state after every answer so far. */
    state: unknown;
    /** How it was moved by those recent misses that a retraction could take back, by issue. */
    traces: Record<string, number[]>;
  };
  'goal-set': {
    goalId: string;
    text: string;
    background: string | null;
    hoursPerWeek: number;
    deadline: string | null;
    outcome: 'track' | 'nearest' | 'no-match';
    targets: string[];
    /** The track in learning order. */
    skills: string[];
    skipped: { id: string; why: string }[];
    /** Skills of the track that the background makes likely: asked about first in a placement, never evidence. Absent in older ledgers. */
    likely?: string[];
    /** Targets that a model proposed for words of the goal, and the learner took. Absent where there are none. */
    proposed?: { skill: string; words: string }[];
    curriculum: string;
  };
  'track-edited': {
    goalId: string;
    hoursPerWeek: number;
    deadline: string | null;
    targets: string[];
    skills: string[];
    skipped: { id: string; why: string }[];
    /** The order is the learner's own: later edits keep it. */
    ordered?: boolean;
    /** YYYY-MM-DD: learning rests until that day; null ends a rest. */
    pausedUntil?: string | null;
    curriculum: string;
  };
  'placement-started': { placementId: string; skills: string[] };
  'placement-ended': { placementId: string; reason: 'complete' | 'stopped'; asked: number };
  /** Placed (provisional): by a placement, or by passing a skill that requires these. */
  'skills-placed': {
    by: 'placement' | 'challenge';
    sessionId: string;
    /** p is for an item of `skillDifficulty`, in logits, so that it can be computed again from the ledger alone. */
    skills: { skill: string; p: number; skillDifficulty: number }[];
    pins: Pins;
  };
  /** Opened for learning; what opened never closes. */
  'skills-opened': {
    skills: string[];
    /** What each of them required at that moment, so that the opening can be checked without the content. */
    requires?: Record<string, string[]>;
  };
  'item-issued': IssueFacts;
  'issue-voided': {
    issueId: string;
    reason: 'fresh-asked' | 'check-closed' | 'placement-closed' | 'retracted';
  };
  'aid-given': { issueId: string; aid: Exclude<Aid, 'none'> };
  attempt: IssueFacts & {
    /** The first answer to this variant by this learner (false for a retry of the same variant). */
    firstTry: boolean;
    outcome: Outcome;
    aid: Aid;
    confidence: Confidence | null;
    /** Milliseconds between showing and answering as the browser measured; recorded, never decides. */
    ms: number | null;
    /** Id of the misconception that the answer shows. */
    misconception: string | null;
    /** The answer as parsed; null for "I don't know yet". */
    answer: unknown;
    /** The scratch pad, kept with the attempt. */
    scratch: string | null;
    p: { before: number; after: number; low: number; high: number };
    /** What else this right answer reviewed in part, so that a replay needs no graph. Absent where nothing, and in older ledgers. */
    credits?: ReviewCredit[];
  };
  'check-started': {
    checkId: string;
    skill: string;
    /** How many item kinds the skill has. */
    kinds: number;
    /** Taken while the skill was not open. */
    challenge: boolean;
    skillDifficulty: number;
    /** Passing makes it Knows (design-review, oral-defence) or Demonstrated. */
    leadsTo: 'knows' | 'demonstrated';
    pins: Pins;
  };
  'check-ended': {
    checkId: string;
    skill: string;
    outcome: 'passed' | 'not-yet' | 'no-variant' | 'withdrawn';
    reason: 'rule' | 'second-miss' | 'tenth-answer' | 'no-variant' | 'left' | 'expired';
    streak: number;
    misses: number;
    asked: number;
    p: number;
    low: number;
    high: number;
    /** Families, kinds and levels of the streak. */
    families: string[];
    kinds: ItemKind[];
    levels: Level[];
    /** What the rule still asked for, in the words of the rule: the texts of its unmet conditions (rule.ts). */
    missing: string[];
    misconceptions: string[];
    /** Families missed in this check that may be practised: one correct practice answer from each opens the next check. */
    mend: string[];
    pins: Pins;
  };
  'stop-without-mastery': { skill: string; checkId: string; propose: string | null; until: number };
  retained: { skill: string; first: string; second: string; p: number; pins: Pins };
  'dispute-opened': { disputeId: string; issueId: string; text: string };
  /** A retracted family or variant: its misses stop counting, passes stand, marked. */
  'item-retracted': {
    family: string;
    variant: string | null;
    reason: string;
    /** This learner's issues of it. */
    issues: string[];
    /** Skills whose pass rested on one of these: a confirming item comes with the next review. */
    confirm: string[];
  };
  waiver: { skill: string; by: string; note: string };
  /** Help that Edirae gave on a lab: a hint, a word with the mentor about it, or the reference solution, which is shown after a pass. */
  'lab-aid': { lab: string; aid: 'hint' | 'mentor' | 'solution'; /** Of a hint, from 1. */ n?: number };
  /** A submission that ran in a sandbox of the server, whatever came of it. */
  'lab-graded': {
    submissionId: string;
    lab: string;
    /** SHA-256 of the lab as it was graded. */
    labHash: string;
    language: 'py' | 'ts' | 'js';
    sandbox: string;
    status: 'passed' | 'failed' | 'error' | 'timeout';
    /** SHA-256 of what was handed in. */
    files: string;
    tests: { passed: number; of: number };
    lines: LabLine[];
    /** What had been given on this lab until then. */
    aid: { hints: number; mentor: boolean; solution: boolean };
    pins: Pins;
  };
  /** Questions about a passed submission, their keys computed by running it, were shown. */
  'explain-started': { explainId: string; submissionId: string; lab: string; questions: number };
  'explain-ended': {
    explainId: string;
    submissionId: string;
    lab: string;
    outcome: 'explained' | 'not-yet';
    reason: 'answered' | 'left' | 'expired';
    right: number;
    of: number;
    pins: Pins;
  };
  /** The skill was used in work of the learner's own, which they could explain. */
  applied: {
    skill: string;
    lab: string;
    submissionId: string;
    explainId: string;
    /** Of the rubric's lines that carry the skill and that tests decide, 0..1. */
    share: number;
    assurance: 'explained-back';
    /** A line of the rubric waits for a person. */
    unreviewed: boolean;
    pins: Pins;
  };
  'account-claimed': { method: 'email' };
  /** An event of a guest's chain, taken over when they signed in to an account with a learner of its own. */
  adopted: {
    learnerId: string;
    seq: number;
    at: number;
    type: EventType;
    body: unknown;
    prev: string;
    hash: string;
  };
  /** An event recorded while the server's clock was shifted for a test. */
  'clock-shifted': { offsetMs: number };
}

export type EventType = keyof EventBodies;

/** An event before it has a place in the chain. */
export type NewEvent = { [T in EventType]: { type: T; body: EventBodies[T] } }[EventType];

/** An event in its learner's chain. `at` is integer milliseconds UTC and never goes back. */
export type LedgerEvent = NewEvent & { seq: number; at: number };
