import { explainGate, startExplaining } from '@edirae/engine';
import type { ExplainQuestion } from '@edirae/labs';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import type { Job } from '../jobs/job-kind.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { findExplainer } from '../store/lab-explanations.ts';

/** Shows questions that were made, and records that they are open. From here on the mentor is silent. */
export async function showExplainBack(
  school: School,
  job: Pick<Job<unknown>, 'finish'>,
  id: string,
  questions: readonly ExplainQuestion[],
): Promise<void> {
  const found = await findExplainer(school.db, id);
  if (!found) return;
  await actOn(school, found.learnerId, async (tx) => {
    await closeOverdue(school, tx);
    const { lab, submissionId } = found.explanation;
    const gate = explainGate(tx.state.labs[lab], tx.now);
    const isStill = gate.allowed && gate.submissionId === submissionId && tx.state.explaining === null;
    if (isStill && (await tx.store.labs.showExplanation({ id, shownAt: tx.now, questions })))
      await appendDecisions(
        school,
        tx,
        startExplaining(tx.state, engineContext(school, tx.now), {
          explainId: id,
          submissionId,
          lab,
          questions: questions.length,
        }),
      );
    await job.finish(tx.queries);
  });
}
