import { gradeLab, type NewEvent } from '@edirae/engine';
import type { Graded, Result } from '@edirae/labs';
import { appendDecisions } from '../issuing/append-decisions.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { engineContext } from '../issuing/ctx.ts';
import type { Job } from '../jobs/job-kind.ts';
import type { ShelvedLab } from '../labs/lab-shelf.ts';
import { countPassed } from '../labs/present-submission.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import { findAuthor, type StoredSubmission } from '../store/lab-submissions.ts';

/** Keeps what grading found, with its row in the ledger, and ends the job with it: all together or nothing. */
export async function recordLabResult(
  school: School,
  job: Pick<Job<unknown>, 'finish'>,
  { id }: StoredSubmission,
  { forLearner }: Graded,
): Promise<void> {
  // Asked again: a guest's work may have become an account's while it ran.
  const found = await findAuthor(school.db, id);
  if (!found) return;
  const shelved = await school.labs.find(found.submission.lab);
  await actOn(school, found.learnerId, async (tx) => {
    await closeOverdue(school, tx);
    const submission = await tx.store.labs.findSubmission(id);
    if (submission && submission.cancelledAt === null && submission.endedAt === null) {
      const [event] = await appendDecisions(
        school,
        tx,
        eventsOf(school, tx, submission, shelved, forLearner),
      );
      const end = { id, endedAt: tx.now, result: forLearner, seq: event?.seq ?? null };
      if (!(await tx.store.labs.endSubmission(end))) throw new Error(`The submission ${id} ended twice`);
    }
    await job.finish(tx.queries, { status: forLearner.status });
  });
}

/** Only what ran on all tests is evidence: no run of the visible ones, and nothing that was rejected. */
function eventsOf(
  school: School,
  tx: LearnerTransaction,
  submission: StoredSubmission,
  shelved: ShelvedLab | undefined,
  result: Result,
): NewEvent[] {
  const { status, language, sandbox } = result;
  if (submission.kind === 'run' || status === 'rejected' || shelved === undefined) return [];
  if (language === null || sandbox === null) throw new Error(`What ran has no language or no sandbox`);
  const earned = new Map(result.score.lines.map((line) => [line.id, line.earned]));
  return gradeLab(tx.state, engineContext(school, tx.now), {
    submissionId: submission.id,
    lab: submission.lab,
    labHash: shelved.hash,
    language,
    sandbox,
    status,
    files: submission.digest,
    tests: countPassed(result.tests),
    lines: shelved.lab.rubric.map(({ id, weight, by, skills }) => ({
      id,
      weight,
      earned: earned.get(id) ?? 0,
      by,
      skills: [...skills],
    })),
  });
}
