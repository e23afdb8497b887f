import type { School } from '../school.ts';
import { findJob } from '../store/jobs.ts';
import { askToCancel, reviveJob } from '../store/running-jobs.ts';
import { transact } from '../store/transaction.ts';
import { recordAct } from './record-act.ts';

/** Lets a job that was given up or cancelled begin again. Null: there is none of that id, or it has not ended so. */
export async function retryJob(school: School, jobId: string, by: string): Promise<{ kind: string } | null> {
  return transact(school.db, async (tx) => {
    const job = await reviveJob(tx, jobId, school.clock());
    if (job === undefined) return null;
    await school.delivery.announce(tx, { id: job.id, kind: job.kind, dueInMs: 0 });
    await recordAct(tx, { act: 'retry-job', details: { job: job.id, kind: job.kind } }, by);
    return { kind: job.kind };
  });
}

/** Cancels a waiting job, or asks the process that runs it to stop. Null: there is none of that id. */
export async function cancelJob(
  school: School,
  jobId: string,
  by: string,
): Promise<'cancelled' | 'asked' | 'ended' | null> {
  return transact(school.db, async (tx) => {
    const job = await findJob(tx, jobId);
    if (job === undefined) return null;
    await recordAct(tx, { act: 'cancel-job', details: { job: job.id, kind: job.kind } }, by);
    return askToCancel(tx, jobId, school.clock());
  });
}
