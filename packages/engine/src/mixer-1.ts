import { COEFFICIENTS_1 } from './mixer/coefficients-1.ts';
import type { RatedVersion } from './mixer/rated.ts';
import { createRated } from './rated-estimator.ts';

const { rated } = COEFFICIENTS_1;

/**
 * First steps as fitted, times these. In the logs a class learns one course together; here a learner may be new to a skill or have worked
 * with it for years, so that the first answers say more (judgement; shape: .80 is passed with the fourth right answer in a row from
 * nothing, and three right answers of level 3 place a skill).
 */
const BREADTH = { theta: 1.25, delta: 2.45 } as const;

/** Coefficients fitted on public logs of real learners (coefficients-1.ts); difficulties are the authors'. */
export const MIXER_1: RatedVersion = {
  form: 'rated-1',
  ...rated,
  theta: { ...rated.theta, first: rated.theta.first * BREADTH.theta },
  delta: { ...rated.delta, first: rated.delta.first * BREADTH.delta },
  families: {},
  skills: {},
};

/**
 * `mixer-1`: the mixer with the inputs that the product has. Frozen: recorded decisions are replayed with it. estimator-contract.test.ts pins its
 * numbers.
 */
export const mixer1 = createRated('mixer-1', MIXER_1);
