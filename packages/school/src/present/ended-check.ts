import type { EventBodies } from '@edirae/engine';
import type { VerdictRecord } from './verdict-view.ts';
import type { ShownIssue } from '../issuing/shown-issue.ts';
import type { LearnerReader } from '../store/act-on.ts';
import type { CheckProgressView } from '../views.ts';

/** An ended check with its decision and the issues it asked. */
export interface EndedCheck {
  startedAt: number;
  endedAt: number;
  seq: number;
  decision: EventBodies['check-ended'];
  answered: (ShownIssue & { verdict: VerdictRecord })[];
}

/** Undefined where there is no such check of this learner, or it is still open. */
export async function endedCheck(
  reader: Pick<LearnerReader, 'store' | 'findEvent'>,
  checkId: string,
): Promise<EndedCheck | undefined> {
  const row = await reader.store.findCheck(checkId);
  if (!row || row.seq === null || row.endedAt === null) return undefined;
  const event = await reader.findEvent(row.seq);
  if (event?.type !== 'check-ended') return undefined;
  const issues = await reader.store.listIssuesOfSession(checkId);
  issues.sort((a, b) => (a.attemptSeq ?? 0) - (b.attemptSeq ?? 0));
  return {
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    seq: row.seq,
    decision: event.body,
    answered: issues.flatMap(({ facts, variant, verdict }) => (verdict ? [{ facts, variant, verdict }] : [])),
  };
}

export function endedProgress({ decision, answered }: EndedCheck): CheckProgressView {
  return {
    checkId: decision.checkId,
    status: decision.outcome,
    streak: decision.streak,
    misses: decision.misses,
    asked: decision.asked,
    missing: decision.missing,
    conditions: [],
    canPass: decision.outcome === 'passed',
    run: answered.map(({ verdict }) => verdict.outcome),
  };
}
