/** What pages about a goal and its track are given to show. Times are integer milliseconds UTC, shares 0..1. */
import type { PlanView, TrackView } from './views.ts';

interface Named {
  id: string;
  title: string;
}

/** A stretch of the goal's text; `n` numbers the phrase it belongs to, as `GoalView.phrases` does. */
export interface GoalSegment {
  text: string;
  n: number | null;
  kind: 'asked' | 'time' | 'outside' | 'refused' | null;
}

/** What a phrase of the goal became. */
export interface GoalPhrase {
  n: number;
  words: string;
  kind: 'asked' | 'time' | 'outside' | 'refused';
  /** What it became, in words: a career, a date, what is not taught. Empty where the skills say it. */
  became: string;
  skills: (Named & { criterion: string })[];
}

/** What could give way where a deadline is out of reach. Times in epoch ms, shares 0..1. */
export interface WaysView {
  weeksLeft: number;
  weeksNeeded: number;
  share: number;
  hours: { half: number | null; nine: number | null };
  fewer: { dropped: Named[]; skills: number; p50: number; p90: number } | null;
  later: number;
  wish: { done: number; of: number };
}

/** A goal as it was read, and everything that led from its words to its track. */
export interface GoalView {
  track: TrackView;
  segments: GoalSegment[];
  phrases: GoalPhrase[];
  /** Targets that no words of the goal ask for: the learner added them. */
  added: Named[];
  /** Targets that a model proposed, each for words of the goal. */
  proposed: (Named & { words: string })[];
  career: (Named & { hasGuide: boolean }) | null;
  /** Certifications named, with what of them is not taught here. */
  exams: { code: string; title: string; note: string | null; gaps: string[] }[];
  /** Words that nothing taught here answers to. */
  unmatched: string[];
  hasOrders: boolean;
  /** What the background makes likely, and its minutes: a placement asks about it first. */
  likely: { skills: Named[]; minutes: number };
  /** Ids of targets and their chains: from a skill up to what is asked for. */
  chains: Record<string, Named[]>;
  weeks: { start: number; minutes: number; skills: Named[] }[];
  labs: (Named & { minutes: number; capstone: boolean; skills: Named[] })[];
  /** Skills that would help and never lock. */
  optional: (Named & { minutes: number })[];
  /** Modules that the track holds nothing of, with words that would bring them in. */
  leftOut: { module: string; title: string; count: number; why: string; words: string[] }[];
  ways: WaysView | null;
}

interface PlanSummary {
  skills: number;
  plan: PlanView | null;
  hoursPerWeek: number;
  deadline: string | null;
  pausedUntil: string | null;
}

/** What an edit of the track would change. */
export interface EditPreviewView {
  before: PlanSummary;
  after: PlanSummary;
  comes: Named[];
  leaves: Named[];
  reordered: boolean;
}
