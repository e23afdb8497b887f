import type { EventBodies, LedgerEvent, NewEvent } from '../events.ts';
import { auditDecisions } from '../verify.ts';
import { smallGraph } from './graph.ts';
import { createWalk, HOUR, type Walk } from './walk.ts';

const graph = smallGraph();

/** What the audit finds, in words. */
export const problems = (events: readonly LedgerEvent[]): string[] =>
  auditDecisions(events).map(({ problem }) => problem);

/** A learner with a goal, a placement, practice, two passes, a not yet, a challenge and a retained skill. */
export const full = (): Walk => {
  const walk = createWalk(graph);
  walk.setGoal(['a', 'b', 'c', 'd']);
  walk.place(['a', 'b', 'c', 'd'], (id) => (id === 'd' ? 'incorrect' : 'correct'));
  walk.practise('f', 'correct', { aid: 'hint-1' });
  walk.practise('f', 'incorrect', { family: 'f-one', variant: 'v', confidence: 75 });
  walk.practise('f', 'correct', { family: 'f-one', variant: 'v', retryOf: 'again' });
  walk.fail('f');
  walk.mend('f');
  walk.pass('f');
  walk.pass('e');
  walk.wait(48 * HOUR);
  walk.review('f', 'correct');
  walk.wait(120 * HOUR);
  walk.review('f', 'correct');
  return walk;
};

/** The ledger with the nth body of a type changed by somebody. */
export function tamper<T extends NewEvent['type']>(
  walk: Walk,
  type: T,
  change: (body: EventBodies[T], event: LedgerEvent) => void,
  nth = 0,
): LedgerEvent[] {
  const events = structuredClone(walk.events);
  const event = events.filter((candidate) => candidate.type === type).at(nth);
  if (event === undefined) throw new Error(`No ${type} to tamper with`);
  change(event.body as EventBodies[T], event);
  return events;
}

/** The ledger without the nth event of a type, closed up so that only the decision is missing. */
export function drop(walk: Walk, type: NewEvent['type'], nth = 0): LedgerEvent[] {
  const gone = walk.events.filter((event) => event.type === type).at(nth);
  return walk.events.filter((event) => event !== gone).map((event, i) => ({ ...event, seq: i + 1 }));
}
