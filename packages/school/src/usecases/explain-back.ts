import { endExplaining, explainGate } from '@edirae/engine';
import { judgeExplanation, type ExplainQuestion } from '@edirae/labs';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import { makeExplainBack } from '../jobs/kinds/make-explain-back.ts';
import type { ExplainBackView } from '../labs/lab-views.ts';
import { toExplainBackView } from '../labs/present-explanation.ts';
import { readSettled } from '../present/read-settled.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { findJob } from '../store/jobs.ts';
import { refuseIfCheckOpen, type CheckOpen, type NotFound } from './refusals.ts';
import type { QueueFull } from './submit-lab.ts';

type Shown = { outcome: 'explain-back'; explainBack: ExplainBackView };
type NotExplainable = {
  outcome: 'not-explainable';
  why: 'not-passed' | 'aided' | 'explained' | 'wait';
  until?: number;
};

export type StartExplainBack = Shown | NotExplainable | QueueFull | CheckOpen | NotFound | RateLimited;

/** Asks for questions about the learner's own pass of a lab. They are made by running it, so they come a little later; while some are open, these. */
export async function startExplainBack(
  school: School,
  learnerId: string,
  lab: string,
): Promise<StartExplainBack> {
  if (!(await school.labs.find(lab))) return { outcome: 'not-found' };
  const limited = await school.limiter.take('grade', learnerId, school.clock());
  if (limited) return limited;
  type Asked = { outcome: 'asked'; id: string } | NotExplainable | QueueFull | CheckOpen;
  const asked = await actOn(school, learnerId, async (tx): Promise<Asked> => {
    await closeOverdue(school, tx);
    const { explaining } = tx.state;
    if (explaining) return { outcome: 'asked', id: explaining.explainId };
    const checkOpen = refuseIfCheckOpen(tx.state);
    if (checkOpen) return checkOpen;
    const [last] = await tx.store.labs.listExplanations();
    if (last && last.shownAt === null && last.endedAt === null) {
      const job = await findJob(tx.queries, last.jobId);
      if (job?.state === 'queued' || job?.state === 'running') return { outcome: 'asked', id: last.id };
    }
    const gate = explainGate(tx.state.labs[lab], tx.now);
    if (!gate.allowed) {
      const { why } = gate;
      return { outcome: 'not-explainable', why, ...(gate.why === 'wait' ? { until: gate.until } : {}) };
    }
    const id = school.newId();
    const put = await enqueueJob(school, tx.queries, makeExplainBack, { explainId: id }, { learnerId });
    if (put.outcome === 'queue-full') return put;
    const { submissionId } = gate;
    await tx.store.labs.insertExplanation({ id, lab, submissionId, jobId: put.jobId, askedAt: tx.now });
    return { outcome: 'asked', id };
  });
  if (asked.outcome !== 'asked') return asked;
  return getExplainBack(school, learnerId, asked.id);
}

/** Questions about the learner's own work, as far as they are. */
export async function getExplainBack(
  school: School,
  learnerId: string,
  id: string,
): Promise<Shown | NotFound> {
  const { state, store } = await readSettled(school, learnerId);
  const found = await store.labs.findExplanation(id);
  if (!found) return { outcome: 'not-found' };
  return { outcome: 'explain-back', explainBack: await toExplainBackView(school, state, found) };
}

export type AnswerExplainBack =
  Shown | { outcome: 'invalid-answer'; detail: string } | { outcome: 'not-open' } | NotFound;

/** Answers all questions at once, and once. @param answers by question; null is "I don't know" */
export async function answerExplainBack(
  school: School,
  learnerId: string,
  id: string,
  answers: readonly (string | null)[],
): Promise<AnswerExplainBack> {
  return endIt(school, learnerId, id, (questions) => {
    if (answers.length !== questions.length)
      return { detail: `There are ${questions.length} questions. Nothing was recorded.` };
    const judged = questions.map((question, index) => judgeExplanation(question, answers[index] ?? null));
    const invalid = judged.findIndex((each) => !each.ok);
    const problem = judged[invalid];
    if (problem && !problem.ok)
      return { detail: `Question ${invalid + 1}: ${problem.problem} Nothing was recorded.` };
    const right = judged.filter((each) => each.ok && each.right).length;
    return { reason: 'answered', right, answers };
  });
}

/** Leaves the questions unanswered, which counts as not explained. */
export async function leaveExplainBack(
  school: School,
  learnerId: string,
  id: string,
): Promise<AnswerExplainBack> {
  return endIt(school, learnerId, id, () => ({ reason: 'left', right: 0, answers: null }));
}

type End =
  | { detail: string }
  | { reason: 'answered' | 'left'; right: number; answers: readonly (string | null)[] | null };

async function endIt(
  school: School,
  learnerId: string,
  id: string,
  judge: (questions: readonly ExplainQuestion[]) => End,
): Promise<AnswerExplainBack> {
  type Ended = { outcome: 'ended' } | Exclude<AnswerExplainBack, Shown>;
  const ended = await actOn(school, learnerId, async (tx): Promise<Ended> => {
    await closeOverdue(school, tx);
    const found = await tx.store.labs.findExplanation(id);
    if (!found) return { outcome: 'not-found' };
    // The first answers stand.
    if (found.endedAt !== null) return { outcome: 'ended' };
    if (tx.state.explaining?.explainId !== id) return { outcome: 'not-open' };
    const end = judge(found.questions);
    if ('detail' in end) return { outcome: 'invalid-answer', detail: end.detail };
    if (end.answers) await tx.store.labs.keepAnswers(id, end.answers);
    const { reason, right } = end;
    await appendDecisions(
      school,
      tx,
      endExplaining(tx.state, engineContext(school, tx.now), { reason, right }),
    );
    return { outcome: 'ended' };
  });
  return ended.outcome === 'ended' ? getExplainBack(school, learnerId, id) : ended;
}
