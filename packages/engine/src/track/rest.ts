import type { GoalState } from '../state.ts';

/** When a rest of the track ends, in epoch ms: the beginning of that day, UTC. Null where it does not rest. */
export function restEnds({ pausedUntil }: Pick<GoalState, 'pausedUntil'>): number | null {
  const at = pausedUntil ? Date.parse(`${pausedUntil}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
