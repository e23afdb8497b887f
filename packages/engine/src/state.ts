import type {
  Aid,
  Confidence,
  EventBodies,
  IssueFacts,
  ItemKind,
  LabLine,
  Level,
  Outcome,
  Pins,
  Place,
} from './events.ts';
import { FIRST_ESTIMATOR, getEstimator } from './estimator.ts';
import type { ReviewCard } from './review.ts';

/** Raised when the shape below changes: a cached state of another version is to be rebuilt from the ledger. */
export const STATE_VERSION = 3;

/** Answers kept per skill for recency and retractions; older ones live in the ledger. Bounds the state's size. */
export const RECENT_KEPT = 20;

/** The goal as last set or edited. Times are epoch milliseconds. */
export type GoalState = EventBodies['goal-set'] &
  Pick<EventBodies['track-edited'], 'ordered' | 'pausedUntil'> & { setAt: number; editedAt: number };

/** An item shown and not answered yet. */
export interface OpenIssue extends IssueFacts {
  /** When it was shown. */
  at: number;
  /** The strongest help so far. */
  aid: Aid;
  /** Hints shown so far, 0 to 3. */
  hints: number;
}

/** One answer inside the open check. */
export interface CheckAnswer {
  issueId: string;
  family: string;
  variant: string;
  kind: ItemKind;
  level: Level;
  outcome: Outcome;
  /** Fresh, unaided, first try. Only these can add to the streak; a check serves nothing else. */
  counts: boolean;
  misconception: string | null;
  at: number;
}

/** The open check. */
export interface CheckState {
  checkId: string;
  skill: string;
  /** Item kinds the skill had when the check began. */
  kinds: number;
  challenge: boolean;
  /** Logits, pinned at the start. */
  skillDifficulty: number;
  leadsTo: 'knows' | 'demonstrated';
  startedAt: number;
  /** Last answer, or the start: 24 hours after it the check closes. */
  lastAnswerAt: number;
  /** Families issued in this check, answered or not, in order. */
  issued: { family: string; kind: ItemKind }[];
  answers: CheckAnswer[];
  pins: Pins;
}

export interface PlacementAnswer {
  issueId: string;
  skill: string;
  family: string;
  outcome: Outcome;
  /** What the skill required when the item was issued. */
  requires: string[];
  at: number;
}

/** The open placement. */
export interface PlacementState {
  placementId: string;
  skills: string[];
  startedAt: number;
  lastAnswerAt: number;
  answers: PlacementAnswer[];
}

/** One of the last answers on a skill. */
export interface RecentAnswer {
  issueId: string;
  at: number;
  place: Place;
  family: string;
  variant: string;
  outcome: Outcome;
  aid: Aid;
  firstTry: boolean;
  level: Level;
  /** For a miss: how it moved the estimate, so that a retraction can take it back. */
  trace?: number[];
}

/** A check that ended not yet. */
export interface NotYet {
  checkId: string;
  reason: EventBodies['check-ended']['reason'];
  misses: { issueId: string; family: string }[];
}

/** Review of one skill. Times are epoch milliseconds. */
export interface ReviewRecord {
  card: ReviewCard;
  dueAt: number;
  /** Milliseconds by which answers on skills above this one have postponed `dueAt` since the card was last rated. Absent: none. */
  credited?: number;
  /** The pass, or the last miss since: 48 and 168 hours count from here. Null while the skill is only Placed. */
  streakSince: number | null;
  /** The correct review at least 48 hours after `streakSince`. */
  firstAt: number | null;
  firstIssue: string | null;
  lastAt: number | null;
  lastMissAt: number | null;
  /** The last review was missed and none has been right since. */
  missed: boolean;
  /** What the last miss overwrote, in case its item is retracted. */
  undo: {
    issueId: string;
    card: ReviewCard;
    dueAt: number;
    credited?: number;
    streakSince: number | null;
    firstAt: number | null;
    firstIssue: string | null;
    missed: boolean;
  } | null;
}

/** What is kept about one touched skill. All dates are kept; the highest state is shown. */
export interface SkillRecord {
  attempts: number;
  practisedAt: number | null;
  lastAt: number | null;
  /** Provisional; taken away by a miss in a check or a review. */
  placed: { at: number; by: 'placement' | 'challenge' } | null;
  /** The last loss of Placed, and what to give back if the miss is retracted. */
  placedLost: {
    at: number;
    issueId: string;
    placed: NonNullable<SkillRecord['placed']>;
    review: ReviewRecord | null;
  } | null;
  knowsAt: number | null;
  demonstratedAt: number | null;
  retainedAt: number | null;
  appliedAt: number | null;
  /** What first made it Applied. */
  appliedBy: { lab: string; submissionId: string; assurance: 'explained-back'; unreviewed: boolean } | null;
  /** Check that first gave Knows or Demonstrated. */
  passedIn: string | null;
  /** The pass rested on an item that was retracted later. It stands. */
  marked: boolean;
  /** A confirming item comes with the next review. */
  confirmDue: boolean;
  waived: { at: number; by: string } | null;
  checks: {
    notYetInARow: number;
    lastOutcome: EventBodies['check-ended']['outcome'] | null;
    lastCheckId: string | null;
    lastEndedAt: number | null;
    /** The not-yets of the row, at most three. */
    notYets: NotYet[];
  };
  /** After a not yet: correct, fresh, first-try, unaided practice answers so far, and the missed families still owed one. */
  mend: { correct: number; families: string[] } | null;
  /** Stop without mastery: no check before this time. */
  stopUntil: number | null;
  stopPropose: string | null;
  review: ReviewRecord | null;
  recent: RecentAnswer[];
}

/** What is kept about one lab that was worked on. Times are epoch milliseconds. */
export interface LabRecord {
  /** Submissions that ran. */
  graded: number;
  lastAt: number;
  /** Hints shown, counted. */
  hints: number;
  mentorAt: number | null;
  solutionAt: number | null;
  /** The first pass, with whatever help. */
  passedAt: number | null;
  /** The last pass before which neither mentor nor solution helped: what can be explained. */
  pass: { submissionId: string; at: number; lines: LabLine[] } | null;
  /** The first time that a pass was explained. */
  explainedAt: number | null;
  /** The last time that it was not. */
  notYetAt: number | null;
}

/** Questions about the learner's own work, shown and not answered yet. */
export interface ExplainState {
  explainId: string;
  submissionId: string;
  lab: string;
  questions: number;
  startedAt: number;
}

/** All that is believed and decided about one learner: a fold over the ledger. Plain JSON. */
export interface LearnerState {
  version: typeof STATE_VERSION;
  /** Sequence number of the last event folded; 0 before the first. */
  seq: number;
  /** Time of the last event folded. */
  lastAt: number;
  estimator: { id: string; state: unknown };
  goal: GoalState | null;
  /** Touched skills only. */
  skills: Record<string, SkillRecord>;
  openIssues: Record<string, OpenIssue>;
  /** Family → fingerprint → last time issued. Entries older than 90 days are dropped: they would be fresh again. */
  issuedAt: Record<string, Record<string, number>>;
  /** When `issuedAt` was last pruned. */
  prunedAt: number;
  check: CheckState | null;
  placement: PlacementState | null;
  placementsEnded: number;
  /** Skills ever opened, in the order they did. */
  opened: string[];
  /** Labs worked on. */
  labs: Record<string, LabRecord>;
  /** The open questions about the learner's own work. */
  explaining: ExplainState | null;
  /** Skill of the last review answered: the next one is another, so that reviews are mixed. */
  lastReviewSkill: string | null;
  tally: { attempts: number; unaided: number; aided: number; disputes: number };
  /** First-try answers by stated confidence. */
  calibration: Record<`${Confidence}`, { n: number; correct: number }>;
  /** First tries in practice, checks and reviews, by whether Edirae helped. A placement asks what nobody has learned here yet. */
  firstTries: Record<'aided' | 'alone', { n: number; correct: number }>;
  /** Sessions of a guest's chain while it is being taken over: they must not disturb the account's own. */
  adopting: {
    check: CheckState | null;
    placement: PlacementState | null;
    explaining: ExplainState | null;
  } | null;
}

/** What is shown of a skill, lowest to highest. */
export type StateName = 'new' | 'practising' | 'placed' | 'knows' | 'demonstrated' | 'retained' | 'applied';

/** The state before the first event. */
export function emptyState(): LearnerState {
  const none = { n: 0, correct: 0 };
  return {
    version: STATE_VERSION,
    seq: 0,
    lastAt: 0,
    estimator: { id: FIRST_ESTIMATOR, state: getEstimator(FIRST_ESTIMATOR).initial() },
    goal: null,
    skills: {},
    openIssues: {},
    issuedAt: {},
    prunedAt: 0,
    check: null,
    placement: null,
    placementsEnded: 0,
    opened: [],
    labs: {},
    explaining: null,
    lastReviewSkill: null,
    tally: { attempts: 0, unaided: 0, aided: 0, disputes: 0 },
    calibration: { '25': { ...none }, '50': { ...none }, '75': { ...none }, '95': { ...none } },
    firstTries: { aided: { ...none }, alone: { ...none } },
    adopting: null,
  };
}

/** The record of a skill that nothing has touched. */
export function emptyRecord(): SkillRecord {
  return {
    attempts: 0,
    practisedAt: null,
    lastAt: null,
    placed: null,
    placedLost: null,
    knowsAt: null,
    demonstratedAt: null,
    retainedAt: null,
    appliedAt: null,
    appliedBy: null,
    passedIn: null,
    marked: false,
    confirmDue: false,
    waived: null,
    checks: { notYetInARow: 0, lastOutcome: null, lastCheckId: null, lastEndedAt: null, notYets: [] },
    mend: null,
    stopUntil: null,
    stopPropose: null,
    review: null,
    recent: [],
  };
}
