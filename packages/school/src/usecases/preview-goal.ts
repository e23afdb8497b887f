import { foldNew } from '@edirae/engine';
import { goalBody, type GoalInput } from '../goal/goal-body.ts';
import { goalView } from '../present/goal-view.ts';
import { readSettled } from '../present/read-settled.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import type { GoalView } from '../goal-views.ts';

export type PreviewGoal = { outcome: 'preview'; goal: GoalView } | RateLimited;

/** A goal as it would be read and its track as it would be compiled. Nothing is recorded. */
export async function previewGoal(school: School, learnerId: string, input: GoalInput): Promise<PreviewGoal> {
  const limited = await school.limiter.take('issue', learnerId, school.clock());
  if (limited) return limited;
  const { state, now } = await readSettled(school, learnerId);
  const { body } = goalBody(school, state, input, { goalId: '', now });
  const goal = goalView(school, foldNew(state, [{ type: 'goal-set', body }], now), now);
  if (!goal) throw new Error('The goal that was just read is not there');
  return { outcome: 'preview', goal };
}
