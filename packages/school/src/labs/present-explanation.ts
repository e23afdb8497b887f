import { EXPLAIN_AGAIN_AFTER, EXPLAIN_QUESTIONS, EXPLAIN_RIGHT, type LearnerState } from '@edirae/engine';
import { judgeExplanation, type ExplainQuestion } from '@edirae/labs';
import type { School } from '../school.ts';
import { findJob } from '../store/jobs.ts';
import type { StoredExplanation } from '../store/lab-explanations.ts';
import type { ExplainBackView, ExplainQuestionView } from './lab-views.ts';
import { movedBy } from './present-submission.ts';

/** Questions about one's own work as a learner sees them: keys are told with the verdict, not before. */
export async function toExplainBackView(
  school: School,
  state: LearnerState,
  stored: StoredExplanation,
): Promise<ExplainBackView> {
  const { id, lab, submissionId, askedAt, endedAt, outcome, questions, answers, right } = stored;
  const isEnded = endedAt !== null;
  return {
    id,
    lab,
    submissionId,
    state: await stateOfExplanation(school, state, stored),
    at: askedAt,
    questions: questions.map((question, index) =>
      toQuestionView(question, index + 1, isEnded ? (answers?.[index] ?? null) : undefined),
    ),
    right,
    of: EXPLAIN_QUESTIONS,
    needs: EXPLAIN_RIGHT,
    until: outcome === 'not-yet' && isEnded ? endedAt + EXPLAIN_AGAIN_AFTER : null,
    moved: outcome === 'explained' ? movedBy(school, state, submissionId) : [],
  };
}

async function stateOfExplanation(
  school: School,
  state: LearnerState,
  { id, jobId, outcome, shownAt }: StoredExplanation,
): Promise<ExplainBackView['state']> {
  if (outcome !== null) return outcome;
  // What expired reads as ended before the learner next does something.
  if (shownAt !== null) return state.explaining?.explainId === id ? 'open' : 'not-yet';
  const job = await findJob(school.db, jobId);
  return job?.state === 'queued' || job?.state === 'running' ? 'preparing' : 'broken';
}

/** @param given what was answered; undefined while it can still be */
function toQuestionView(
  question: ExplainQuestion,
  n: number,
  given: string | null | undefined,
): ExplainQuestionView {
  const { kind, prompt, code, steps, options, key } = question;
  const judged = given === undefined ? undefined : judgeExplanation(question, given);
  return {
    n,
    kind,
    prompt,
    code,
    steps,
    options,
    answer:
      judged === undefined || given === undefined
        ? null
        : {
            given: options?.find(({ id }) => id === given)?.text ?? given,
            right: judged.ok && judged.right,
            correct: options?.find(({ id }) => id === key)?.text ?? key,
          },
  };
}
