import { auditDecisions, emptyState, replay, type LearnerState, type LedgerEvent } from '@edirae/engine';
import type { LedgerSnapshot } from '../store/ledger-snapshot.ts';
import { sameJson } from './same-json.ts';
import type { ChainProblem } from './verify-chain.ts';

/** Every decision follows from the facts before it, and the cached state is what the ledger folds to. */
export function verifyDecisions(ledger: LedgerSnapshot): ChainProblem[] {
  // Whether these are events at all is what the chain's verification says; here a failure is one more problem.
  const events = ledger.events as unknown as LedgerEvent[];
  try {
    return [...auditDecisions(events), ...verifyState(ledger, events)];
  } catch (error) {
    return [
      {
        seq: 0,
        problem: `The ledger cannot be replayed: ${error instanceof Error ? error.message : String(error)}.`,
      },
    ];
  }
}

function verifyState(ledger: LedgerSnapshot, events: LedgerEvent[]): ChainProblem[] {
  if (ledger.stateSeq > ledger.head.seq)
    return [{ seq: ledger.stateSeq, problem: 'The cached state is ahead of the ledger.' }];
  // One that another version wrote is folded again before it is used.
  if (ledger.state === null) return [];
  const cached = parseState(ledger.state);
  if (cached === undefined) return [{ seq: ledger.stateSeq, problem: 'The cached state cannot be read.' }];
  // It is written every so many events; what came since is folded on top.
  const upToThere = events.filter((event) => event.seq <= ledger.stateSeq);
  if (
    cached.version !== emptyState().version ||
    sameJson(cached, JSON.parse(JSON.stringify(replay(upToThere))))
  )
    return [];
  return [{ seq: ledger.stateSeq, problem: 'The cached state is not what the ledger folds to.' }];
}

function parseState(text: string): LearnerState | undefined {
  try {
    return JSON.parse(text) as LearnerState;
  } catch {
    return undefined;
  }
}
