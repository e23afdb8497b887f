import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import type { NotFound } from './refusals.ts';

/** Ends an answer that is under way; what was said stays. Asked again, or too late, it does nothing. */
export async function stopAnswer(
  school: School,
  learnerId: string,
  messageId: string,
): Promise<{ outcome: 'stopped' } | NotFound> {
  const { store } = await readLearner(school, learnerId);
  if (!(await store.findMessage(messageId))) return { outcome: 'not-found' };
  school.speaking.stop(messageId);
  return { outcome: 'stopped' };
}
