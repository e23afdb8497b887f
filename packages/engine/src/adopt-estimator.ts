import type { LedgerEvent, NewEvent } from './events.ts';
import { replayUnder } from './fold.ts';
import type { LearnerState } from './state.ts';

/**
 * Moves a learner to another estimator, which takes every answer of the ledger in anew. Nothing where they rest on it already, and
 * nothing inside a check or a placement: these end under the estimator that they began with.
 * @param events the learner's whole ledger up to `state`
 * @throws Error where the estimator is not held
 */
export function adoptEstimator(
  state: LearnerState,
  events: Iterable<LedgerEvent>,
  estimator: string,
): NewEvent[] {
  if (state.estimator.id === estimator || state.check !== null || state.placement !== null) return [];
  const seen = replayUnder(estimator, events);
  const traces: Record<string, number[]> = {};
  for (const { recent } of Object.values(seen.skills))
    for (const { issueId, trace } of recent) if (trace) traces[issueId] = trace;
  const body = { estimator, previous: state.estimator.id, state: seen.estimator.state, traces };
  return [{ type: 'estimator-adopted', body }];
}

/** Ids of all estimators that a replay of the ledger needs, a guest's included. */
export function estimatorsNamed(events: Iterable<LedgerEvent>): Set<string> {
  const ids = new Set<string>();
  for (const event of events) for (const id of namedBy(event)) ids.add(id);
  return ids;
}

/** Also of a ledger that was edited by hand: what is not there is not named. */
function namedBy(event: NewEvent): string[] {
  switch (event.type) {
    case 'learner-created':
      return texts(event.body.estimator);
    case 'estimator-adopted':
      return texts(event.body.estimator, event.body.previous);
    case 'attempt':
      return texts((event.body as Partial<typeof event.body>).pins?.estimator);
    case 'adopted':
      return namedBy({ type: event.body.type, body: event.body.body ?? {} } as NewEvent);
    default:
      return [];
  }
}

function texts(...values: unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}
