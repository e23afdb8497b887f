import { FAILURE_WORDS, proposeSkills } from '@edirae/mentor';
import { foldNew } from '@edirae/engine';
import { goalBody, type GoalInput } from '../goal/goal-body.ts';
import { listProposed, type ProposedTarget } from '../goal/proposed-targets.ts';
import type { GoalView } from '../goal-views.ts';
import { chosenModelFor } from '../mentor/choose-model.ts';
import { goalView } from '../present/goal-view.ts';
import { readSettled } from '../present/read-settled.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';

export type ProposeGoal =
  | {
      outcome: 'preview';
      goal: GoalView;
      /** What the model proposes beyond what the words say by themselves. */
      proposed: ProposedTarget[];
      /** Null where no model is configured, or today's budget is spent. */
      model: string | null;
      /** Why the model proposed nothing, in words; null where it answered. */
      failure: string | null;
    }
  | RateLimited;

/**
 * A goal as it would be read with what a model proposes for it. The model sees the goal and the list of skills, nothing of the learner; what
 * survives of its answer are skills of that list, for words of the goal. The same compiler makes the track, nothing is recorded, and without a
 * model, or where it fails, the reading is the matcher's alone.
 */
export async function proposeGoal(school: School, learnerId: string, input: GoalInput): Promise<ProposeGoal> {
  const limited = await school.limiter.take('proposal', learnerId, school.clock());
  if (limited) return limited;
  const answer = await askModel(school, learnerId, input.text);
  const { state, now } = await readSettled(school, learnerId);
  const proposed = listProposed(school, input.text, answer.skills);
  const { body } = goalBody(school, state, { ...input, proposed }, { goalId: '', now });
  const goal = goalView(school, foldNew(state, [{ type: 'goal-set', body }], now), now);
  if (!goal) throw new Error('The goal that was just read is not there');
  return { outcome: 'preview', goal, proposed, model: answer.model, failure: answer.failure };
}

interface Answer {
  skills: ProposedTarget[];
  model: string | null;
  failure: string | null;
}

async function askModel(school: School, learnerId: string, text: string): Promise<Answer> {
  const chosen = await chosenModelFor(school, learnerId);
  if (!chosen) return { skills: [], model: null, failure: 'No model is there to be asked now.' };
  const model = chosen.settings.model;
  const skills = [...school.curriculum.skills.values()].map(({ id, title, criterion }) => ({
    id,
    title,
    criterion,
  }));
  const answer = await proposeSkills(text, skills, chosen);
  return answer.outcome === 'proposed'
    ? { skills: answer.skills, model, failure: null }
    : { skills: [], model, failure: FAILURE_WORDS[answer.failure] };
}

/** The name of the model that would be asked; null where there is none. */
export async function findProposer(
  school: School,
  learnerId: string,
): Promise<{ name: string; onThisMachine: boolean } | null> {
  const chosen = await chosenModelFor(school, learnerId);
  return chosen ? { name: chosen.settings.model, onThisMachine: chosen.onThisMachine } : null;
}
