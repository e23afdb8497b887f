import type { BktParameters } from './population.ts';

/** BKT's first state where the rating gives p: the chance of knowing that predicts the same, within [.02, .98]. */
export function knownBefore(bkt: BktParameters, p: number): number {
  const known = (p - bkt.guess) / (1 - bkt.slip - bkt.guess);
  return known < 0.02 ? 0.02 : known > 0.98 ? 0.98 : known;
}
