import { beliefAt, holdsEstimator } from './estimator.ts';
import type { Belief, EventBodies, LedgerEvent, Pins } from './events.ts';
import { RULE_VERSION } from './rule-numbers.ts';
import type { LearnerState, PlacementState } from './state.ts';

/** What an audit knows when it meets an event: the events and the state before it, and what the state has let go of since. */
export interface Trail {
  events: LedgerEvent[];
  state: LearnerState;
  lastAttempt: EventBodies['attempt'] | null;
  lastPlacement: PlacementState | null;
  lastExplained: EventBodies['explain-ended'] | null;
}

/** Finds what does not follow; each problem in words for the operator. */
export type Audit<T extends keyof EventBodies> = (trail: Trail, body: EventBodies[T], at: number) => string[];

/** Two computations of the same p may differ in the last bits where machines round exp and log differently. */
const TOLERANCE = 1e-9;

/** What cannot be replayed: pinned to a rule or an estimator that this engine does not hold, or to another than decided then. */
export function auditPins(pins: Pins, { estimator }: LearnerState): string[] {
  const problems: string[] = [];
  if (pins.rule !== RULE_VERSION)
    problems.push(`pinned to rule ${pins.rule}, which this engine does not hold`);
  if (!holdsEstimator(pins.estimator))
    problems.push(`pinned to estimator ${pins.estimator}, which this engine does not hold`);
  else if (pins.estimator !== estimator.id)
    problems.push(`pinned to estimator ${pins.estimator}, while ${estimator.id} decided`);
  return problems;
}

/** The problem, if the recorded number is not the recomputed one. */
export function differs(name: string, recorded: number, computed: number): string[] {
  return Math.abs(recorded - computed) <= TOLERANCE
    ? []
    : [`${name} is recorded as ${recorded}; the facts before it give ${computed}`];
}

/** As `differs`, for p and its interval. */
export function beliefDiffers(recorded: Pick<Belief, 'p' | 'low' | 'high'>, computed: Belief): string[] {
  return [
    ...differs('p', recorded.p, computed.p),
    ...differs('low', recorded.low, computed.low),
    ...differs('high', recorded.high, computed.high),
  ];
}

/** The belief on a skill with its answer's own difficulty. */
export function beliefIn(
  state: LearnerState,
  facts: { skill: string; skillDifficulty: number },
  at: number,
): Belief {
  return beliefAt(state, facts.skill, facts.skillDifficulty, at);
}

/** The problem, if the condition does not hold. */
export function unless(holds: boolean, problem: string): string[] {
  return holds ? [] : [problem];
}
