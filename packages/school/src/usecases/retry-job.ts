import type { School } from '../school.ts';
import { findJob } from '../store/jobs.ts';
import { askToCancel, reviveJob } from '../store/running-jobs.ts';
import { transact } from '../store/transaction.ts';

/** Lets a job that was given up or cancelled begin again. Null: there is none of that id, or it has not ended so. */
export async function retryJob(school: School, jobId: string): Promise<{ kind: string } | null> {
  return transact(school.db, async (tx) => {
    const job = await reviveJob(tx, jobId, school.clock());
    if (job === undefined) return null;
    await school.delivery.announce(tx, { id: job.id, kind: job.kind, dueInMs: 0 });
    return { kind: job.kind };
  });
}

/** Cancels a waiting job, or asks the process that runs it to stop. Null: there is none of that id. */
export async function cancelJob(
  school: School,
  jobId: string,
): Promise<'cancelled' | 'asked' | 'ended' | null> {
  return transact(school.db, async (tx) =>
    (await findJob(tx, jobId)) === undefined ? null : askToCancel(tx, jobId, school.clock()),
  );
}
