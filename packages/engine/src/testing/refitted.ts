import { holdEstimator } from '../estimator.ts';
import type { RatedVersion } from '../mixer/rated.ts';
import { MIXER_1 } from '../mixer-1.ts';

/** A version as a re-fit might give it: other coefficients, and families that are harder or easier than their authors thought. */
export const REFITTED: RatedVersion = {
  ...MIXER_1,
  theta: { first: 0.42, decay: 0.1, floor: 0.06 },
  delta: { first: 0.55, decay: 0.3, floor: 0.08 },
  intercept: 0.05,
  fromElo: 0.8,
  fromRecent: 0.22,
  fromStreak: 0.03,
  families: { 'a-one': 0.5, 'a-two': -0.25, 'b-one': 0.1 },
  skills: { a: 0.125, b: 0.1 },
};

/** Its id. */
export const REFITTED_ID = 'mixer-1+0123456789abcdef';

/** Makes it known, as a school does that adopted it. */
export function holdRefitted(): string {
  holdEstimator(REFITTED_ID, REFITTED);
  return REFITTED_ID;
}
