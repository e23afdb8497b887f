import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

export type DropInterview = { outcome: 'dropped' } | NotFound;

/** Removes one answer, open or finished, for good: it is the learner's own note. */
export async function dropInterview(
  school: School,
  learnerId: string,
  interviewId: string,
): Promise<DropInterview> {
  return actOn(school, learnerId, async (tx): Promise<DropInterview> =>
    (await tx.store.deleteInterview(interviewId)) ? { outcome: 'dropped' } : { outcome: 'not-found' },
  );
}
