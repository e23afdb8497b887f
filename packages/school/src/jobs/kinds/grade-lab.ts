import { availableParallelism } from 'node:os';
import type { Graded } from '@edirae/labs';
import { z } from 'zod';
import type { School } from '../../school.ts';
import { findAuthor, type StoredSubmission } from '../../store/lab-submissions.ts';
import { recordLabResult } from '../../usecases/record-lab-result.ts';
import { JobHopeless, type Job, type JobKind } from '../job-kind.ts';

const payload = z.strictObject({ submissionId: z.string() });

/** One core is left to everything else; two even so, that an endless loop does not hold up the whole queue. */
const AT_ONCE = Math.max(2, Math.min(4, availableParallelism() - 1));

/** Runs and grades what was handed in. Whatever it does is a status; only a broken sandbox is a failure of the job. */
export const gradeLab: JobKind<z.infer<typeof payload>> = {
  name: 'grade-lab',
  payload,
  concurrency: AT_ONCE,
  limits: { all: 500, each: 3 },
  attempts: 3,
  backoffMs: 2_000,
  // The longest limit of a lab, and the time to start a sandbox on a busy machine.
  timeoutMs: 200_000,
  async run(school, job) {
    const found = await findAuthor(school.db, job.payload.submissionId);
    // Erased, cancelled, or graded by a process that was believed dead.
    if (!found || found.submission.cancelledAt !== null || found.submission.endedAt !== null) return;
    const graded = await grade(school, job, found.submission);
    await recordLabResult(school, job, found.submission, graded);
  },
};

async function grade(school: School, job: Job<unknown>, submission: StoredSubmission): Promise<Graded> {
  const shelved = await school.labs.find(submission.lab);
  if (!shelved) throw new JobHopeless(`The lab ${submission.lab} is not there any more.`);
  const { files, entry, seed, kind, language } = submission;
  const sandbox = await school.sandboxes.find(language);
  // Trying again would find no other.
  if (!sandbox) throw new JobHopeless(`This machine has no sandbox for ${language}.`);
  const started = performance.now();
  const saw = (status: string) =>
    school.metrics.sawSandboxRun({ sandbox: sandbox.name, status, ms: performance.now() - started });
  try {
    const graded = await school.sandboxes.ask(
      'grade',
      { folder: shelved.lab.folder, files, entry, seed, tests: kind === 'run' ? 'visible' : 'all' },
      { signal: job.signal, progress: (done, total) => job.report({ done, total }) },
    );
    saw(graded.result.status);
    return graded;
  } catch (error) {
    if (!job.signal.aborted) saw('fault');
    throw error;
  }
}
