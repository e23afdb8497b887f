import { EXPLAIN_QUESTIONS } from '@edirae/engine';
import { z } from 'zod';
import { findExplainer } from '../../store/lab-explanations.ts';
import { findSubmission } from '../../store/lab-submissions.ts';
import { showExplainBack } from '../../usecases/show-explain-back.ts';
import { JobHopeless, type JobKind } from '../job-kind.ts';

const payload = z.strictObject({ explainId: z.string() });

/** Makes questions about a passed submission by running it, and shows them. */
export const makeExplainBack: JobKind<z.infer<typeof payload>> = {
  name: 'make-explain-back',
  payload,
  concurrency: 1,
  limits: { all: 200, each: 2 },
  attempts: 3,
  backoffMs: 2_000,
  timeoutMs: 180_000,
  async run(school, job) {
    const found = await findExplainer(school.db, job.payload.explainId);
    if (!found || found.explanation.shownAt !== null) return;
    const { lab: labId, submissionId, id } = found.explanation;
    const submission = await findSubmission(school.db, found.learnerId, submissionId);
    const shelved = await school.labs.find(labId);
    if (!submission || !shelved) throw new JobHopeless('What is to be explained is not there any more.');
    const { files, entry } = submission;
    const questions = await school.sandboxes.ask(
      'question',
      { folder: shelved.lab.folder, files, entry, seed: id, count: EXPLAIN_QUESTIONS },
      { signal: job.signal, progress: (done, total) => job.report({ done, total }) },
    );
    if (questions.length < EXPLAIN_QUESTIONS)
      throw new JobHopeless(`Only ${questions.length} questions can be asked about this submission.`);
    await showExplainBack(school, job, id, questions);
  },
};
