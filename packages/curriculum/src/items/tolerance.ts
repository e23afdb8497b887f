import type { Tolerance } from '../schema/item-parts.ts';

/** Exact still forgives the last digits of binary arithmetic and of a printed value. */
const NOISE = 1e-9;

/** True where `value` counts as `target`. */
export function isWithin(value: number, target: number, tolerance: Tolerance): boolean {
  const distance = Math.abs(value - target);
  const allowed = tolerance.kind === 'relative' ? tolerance.amount * Math.abs(target) : tolerance.amount;
  // The edge itself is inside: 2% of 50 is 1, and 51 is right.
  return distance <= allowed * (1 + NOISE) + NOISE * Math.abs(target);
}
