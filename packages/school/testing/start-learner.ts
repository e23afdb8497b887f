import type { School } from '../src/school.ts';
import { createLearner } from '../src/store/act-on.ts';

/** A new guest, by id. */
export async function startLearner(school: School): Promise<string> {
  return createLearner(school, null, async (tx) => tx.learnerId);
}
