import { RETAIN_FIRST_AFTER, type Confidence, type EventBodies } from '@edirae/engine';
import type { RawEvent } from '../store/chain.ts';

/** Bins of p in the reliability table: .0–.1 to .9–1. */
export const P_BINS = 10;

/** How often something was right. */
interface Share {
  n: number;
  correct: number;
}

/** Passes of one skill: how many, how many had a delayed review, how many missed it. Counts of learner × skill. */
export interface SkillTally {
  decisions: number;
  reviewed: number;
  failed: number;
}

/** Counts over everybody. Nothing in it says who. */
export interface GateTally {
  learners: number;
  /** Ledger rows read. */
  rows: number;
  /** Learners whose ledger says that the clock was shifted for a test. */
  shifted: number;
  skills: Map<string, SkillTally>;
  /** First tries with a stated confidence. */
  said: Record<Confidence, Share>;
  /** First tries without help, by the p recorded before the answer; `sum` adds p, `squares` the squared error. */
  p: { n: number; squares: number; bins: (Share & { sum: number })[] };
}

/** Nothing counted. */
export function emptyTally(): GateTally {
  const none = (): Share => ({ n: 0, correct: 0 });
  return {
    learners: 0,
    rows: 0,
    shifted: 0,
    skills: new Map(),
    said: { 25: none(), 50: none(), 75: none(), 95: none() },
    p: { n: 0, squares: 0, bins: Array.from({ length: P_BINS }, () => ({ ...none(), sum: 0 })) },
  };
}

/**
 * Adds one learner's ledger. The decision is the first pass of a check on a skill; its test is the first review of that skill at least
 * 48 hours later, missed unless it was right without help. Answers to items that were retracted later count for nothing.
 */
export function addLedger(tally: GateTally, ledger: readonly RawEvent[]): void {
  tally.learners += 1;
  tally.rows += ledger.length;
  const events = ledger.map(unwrap).toSorted((a, b) => a.at - b.at);
  if (events.some(({ type }) => type === 'clock-shifted')) tally.shifted += 1;
  const retracted = new Set(
    events
      .filter(({ type }) => type === 'item-retracted')
      .flatMap(({ body }) => (body as EventBodies['item-retracted']).issues),
  );
  const passes = new Map<string, { at: number; reviewed: boolean }>();
  for (const { type, at, body } of events) {
    if (type === 'check-ended') {
      const { skill, outcome } = body as EventBodies['check-ended'];
      if (outcome !== 'passed' || passes.has(skill)) continue;
      passes.set(skill, { at, reviewed: false });
      skillTally(tally, skill).decisions += 1;
    }
    if (type !== 'attempt') continue;
    const attempt = body as EventBodies['attempt'];
    if (retracted.has(attempt.issueId)) continue;
    countAnswer(tally, attempt);
    const pass = passes.get(attempt.skill);
    if (attempt.place !== 'review' || !pass || pass.reviewed || at - pass.at < RETAIN_FIRST_AFTER) continue;
    pass.reviewed = true;
    const skill = skillTally(tally, attempt.skill);
    skill.reviewed += 1;
    if (attempt.outcome !== 'correct' || attempt.aid !== 'none') skill.failed += 1;
  }
}

/** A guest's event that was taken over counts as it did then. */
function unwrap(event: RawEvent): { type: string; at: number; body: unknown } {
  if (event.type !== 'adopted') return event;
  const { type, at, body } = event.body as EventBodies['adopted'];
  return { type, at, body };
}

function skillTally(tally: GateTally, skill: string): SkillTally {
  const known = tally.skills.get(skill);
  if (known) return known;
  const made = { decisions: 0, reviewed: 0, failed: 0 };
  tally.skills.set(skill, made);
  return made;
}

function countAnswer(tally: GateTally, attempt: EventBodies['attempt']): void {
  if (!attempt.firstTry) return;
  const right = attempt.outcome === 'correct' ? 1 : 0;
  if (attempt.confidence !== null) {
    tally.said[attempt.confidence].n += 1;
    tally.said[attempt.confidence].correct += right;
  }
  if (attempt.aid !== 'none') return;
  const { before } = attempt.p;
  const bin = tally.p.bins[Math.min(P_BINS - 1, Math.floor(before * P_BINS))];
  if (!bin) return;
  bin.n += 1;
  bin.sum += before;
  bin.correct += right;
  tally.p.n += 1;
  tally.p.squares += (before - right) ** 2;
}
