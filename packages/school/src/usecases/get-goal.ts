import { goalView } from '../present/goal-view.ts';
import { readSettled } from '../present/read-settled.ts';
import type { School } from '../school.ts';
import type { GoalView } from '../goal-views.ts';

import type { NoGoal } from './refusals.ts';

/** The present goal as it is read, with everything that led to its track. */
export async function getGoal(
  school: School,
  learnerId: string,
): Promise<{ outcome: 'goal'; goal: GoalView } | NoGoal> {
  const { state, now } = await readSettled(school, learnerId);
  const goal = goalView(school, state, now);
  return goal ? { outcome: 'goal', goal } : { outcome: 'no-goal' };
}
