import { renderMarkdown } from '@edirae/curriculum';
import type { Aid, Confidence, Outcome } from '@edirae/engine';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import type { School } from '../school.ts';
import type { CheckProgressView, ItemView, StateName, VerdictView } from '../views.ts';
import { describeAnswer } from './describe-answer.ts';
import { toNamed } from './titles.ts';

/** The first verdict on an issue, kept beside it: a repeated answer gets exactly this again. */
export interface VerdictRecord {
  outcome: Outcome;
  headline: string;
  feedback: string;
  misconception: { id: string; title: string } | null;
  answer: unknown;
  firstTry: boolean;
  aid: Aid;
  confidence: Confidence | null;
  p: { before: number; after: number; low: number; high: number };
  state: StateName;
  opened: string[];
  scratch: string | null;
}

export interface VerdictContext {
  repeated: boolean;
  /** A check is open: nothing that teaches is told, whatever the answer belongs to. */
  checkOpen?: boolean;
  /** The check it belongs to, as it now stands. */
  check?: CheckProgressView | undefined;
  next?: ItemView | undefined;
}

/**
 * What may be said about an answer now. In a placement nothing; while a check is open only right or not, since what
 * corrects a belief would help with the items that follow; everything else at once.
 */
export function toVerdictView(
  school: School,
  { facts, variant }: ShownIssue,
  record: VerdictRecord,
  context: VerdictContext,
): VerdictView {
  const silent = facts.place === 'placement';
  const terse = context.checkOpen === true || (facts.place === 'check' && context.check?.status === 'open');
  const told = !silent && !terse;
  return {
    issueId: facts.issueId,
    repeated: context.repeated,
    correct: silent ? null : record.outcome === 'correct',
    outcome: silent ? null : record.outcome,
    skill: facts.skill,
    firstTry: record.firstTry,
    aid: record.aid,
    confidence: record.confidence,
    misconception: told ? record.misconception : null,
    headline: silent ? null : terse ? terseHeadline(record.outcome) : record.headline,
    feedback: told ? record.feedback : null,
    get feedbackHtml() {
      return told ? renderMarkdown(record.feedback) : null;
    },
    solution: told ? variant.solution : null,
    get solutionHtml() {
      return told ? renderMarkdown(variant.solution) : null;
    },
    // In a placement a moved p would be the verdict.
    p: silent ? { before: record.p.before, after: record.p.before, low: 0, high: 1 } : record.p,
    state: record.state,
    opened: toNamed(school, record.opened),
    yourAnswer: describeAnswer(variant, record.answer),
    ...(context.check ? { check: context.check } : {}),
    ...(context.next ? { next: context.next } : {}),
  };
}

function terseHeadline(outcome: Outcome): string {
  if (outcome === 'correct') return 'Right';
  return outcome === 'skipped' ? 'Recorded: I don’t know yet' : 'Not this time';
}
