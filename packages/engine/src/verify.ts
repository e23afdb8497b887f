import type { LedgerEvent } from './events.ts';

/** A recorded decision that does not follow from the facts before it. */
export interface AuditProblem {
  seq: number;
  problem: string;
}

export function auditDecisions(_events: Iterable<LedgerEvent>): AuditProblem[] {
  return [];
}
