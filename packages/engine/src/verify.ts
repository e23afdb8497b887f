import { auditAttempt, auditIssue } from './audit-attempt.ts';
import { auditAdoption } from './audit-estimator.ts';
import { auditEnd, auditStart, auditStop } from './audit-check.ts';
import { auditApplied, auditExplainEnded, auditLabGraded } from './audit-lab.ts';
import { auditOpened, auditPlaced, auditRetained } from './audit-standing.ts';
import type { Trail } from './audit.ts';
import type { LedgerEvent } from './events.ts';
import { foldEvent } from './fold.ts';
import { emptyState, type LearnerState } from './state.ts';

/** A recorded decision that does not follow from the facts before it. */
export interface AuditProblem {
  seq: number;
  problem: string;
}

/** A chain under audit: its trail, and the state before the last answer, on which retention is judged. */
interface Chain extends Trail {
  beforeAttempt: LearnerState;
}

/**
 * Replays one learner's ledger with what was pinned, and lists every recorded decision that does not follow from the facts before it: p,
 * the ends of checks, stops, what was placed, opened or retained, freshness, aid. Events taken over from a guest are judged in
 * the guest's own chain. Needs no content. Hashes are not its business. An empty list means that all follows.
 */
export function auditDecisions(events: Iterable<LedgerEvent>): AuditProblem[] {
  const problems: AuditProblem[] = [];
  const guests = new Map<string, Chain>();
  const chain = emptyChain();
  let last = { seq: 0, at: 0 };
  for (const event of events) {
    const found = outOfOrder(last, event);
    if (event.type === 'adopted') found.push(...auditAdopted(guests, event.body));
    else found.push(...auditEvent(chain, event));
    found.push(...advance(chain, event));
    problems.push(...found.map((problem) => ({ seq: event.seq, problem })));
    last = event;
  }
  return problems;
}

function emptyChain(): Chain {
  return {
    events: [],
    state: emptyState(),
    beforeAttempt: emptyState(),
    lastAttempt: null,
    lastPlacement: null,
    lastExplained: null,
  };
}

function outOfOrder(last: { seq: number; at: number }, event: LedgerEvent): string[] {
  const problems: string[] = [];
  if (event.seq !== last.seq + 1) problems.push(`event ${event.seq} follows event ${last.seq}`);
  if (event.at < last.at) problems.push('time goes back');
  return problems;
}

function auditAdopted(
  guests: Map<string, Chain>,
  body: Extract<LedgerEvent, { type: 'adopted' }>['body'],
): string[] {
  const chain = guests.get(body.learnerId) ?? emptyChain();
  guests.set(body.learnerId, chain);
  const inner = { type: body.type, body: body.body, seq: body.seq, at: body.at } as LedgerEvent;
  const found = auditEvent(chain, inner);
  return [...found, ...advance(chain, inner)].map((problem) => `as guest, event ${body.seq}: ${problem}`);
}

function auditEvent(chain: Chain, event: LedgerEvent): string[] {
  switch (event.type) {
    case 'item-issued':
      return auditIssue(chain, event.body, event.at);
    case 'attempt':
      return auditAttempt(chain, event.body, event.at);
    case 'check-started':
      return auditStart(chain, event.body, event.at);
    case 'check-ended':
      return auditEnd(chain, event.body, event.at);
    case 'stop-without-mastery':
      return auditStop(chain, event.body, event.at);
    case 'skills-placed':
      return auditPlaced(chain, event.body, event.at);
    case 'skills-opened':
      return auditOpened(chain, event.body, event.at);
    case 'estimator-adopted':
      return auditAdoption(chain, event.body, event.at);
    case 'lab-graded':
      return auditLabGraded(chain, event.body, event.at);
    case 'explain-ended':
      return auditExplainEnded(chain, event.body, event.at);
    case 'applied':
      return auditApplied(chain, event.body, event.at);
    case 'retained':
      return auditRetained(chain.beforeAttempt, chain, event.body, event.at);
    default:
      return [];
  }
}

/** Folds the event, whatever was found about it: one bad event must not hide the next. */
function advance(chain: Chain, event: LedgerEvent): string[] {
  chain.events.push(event);
  if (event.type === 'placement-ended') chain.lastPlacement = chain.state.placement;
  if (event.type === 'explain-ended') chain.lastExplained = event.body;
  if (event.type === 'attempt') {
    chain.lastAttempt = event.body;
    chain.beforeAttempt = chain.state;
  }
  try {
    chain.state = foldEvent(chain.state, event);
    return [];
  } catch (error) {
    return [`cannot be replayed: ${error instanceof Error ? error.message : String(error)}`];
  }
}
