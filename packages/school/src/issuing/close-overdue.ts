import { dueClosures } from '@edirae/engine';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';
import { appendDecisions } from './append-decisions.ts';
import { engineContext } from './ctx.ts';
import { moveToEstimator } from './move-to-estimator.ts';

/**
 * Closes what was left for 24 hours, and moves the learner to the estimator in force if it has changed. Every use case that acts for a
 * learner begins with it.
 */
export async function closeOverdue(school: School, tx: LearnerTransaction): Promise<void> {
  await appendDecisions(school, tx, dueClosures(tx.state, engineContext(school, tx.now)));
  await moveToEstimator(tx);
}
