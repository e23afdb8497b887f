import { dueClosures, foldNew } from '@edirae/engine';
import { engineContext } from '../issuing/ctx.ts';
import type { School } from '../school.ts';
import { readLearner, type LearnerReader } from '../store/act-on.ts';

/**
 * A learner as a page should show them: what is overdue (a check left for 24 hours) reads as closed, although the
 * events that close it are written only when the learner next does something.
 */
export async function readSettled(school: School, learnerId: string): Promise<LearnerReader> {
  const reader = await readLearner(school, learnerId);
  const closures = dueClosures(reader.state, engineContext(school, reader.now));
  if (closures.length === 0) return reader;
  return { ...reader, state: foldNew(reader.state, closures, reader.now) };
}
