import { RULE_VERSION } from '@edirae/engine';
import type { School } from '../school.ts';
import { findEstimatorInForce } from '../store/estimators.ts';
import { VERSION } from '../version.ts';

export interface Health {
  status: 'ok';
  version: string;
  /** Hash of the curriculum. */
  content: string;
  /** The estimator that decides now. */
  model: string;
  rule: number;
  /** Where learner code can run here, the strongest first. */
  sandboxes: string[];
}

/** Up, and able to read its database; throws where it is not. */
export async function getHealth(school: School): Promise<Health> {
  await school.ping();
  return {
    status: 'ok',
    version: VERSION,
    content: school.curriculumHash,
    model: await findEstimatorInForce(school.db),
    rule: RULE_VERSION,
    // Without sandboxes everything else is up.
    sandboxes: (await school.sandboxes.list().catch(() => [])).map(({ name }) => name),
  };
}
