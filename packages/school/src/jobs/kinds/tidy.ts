import { z } from 'zod';
import { purgeAccounts } from '../../auth/purge-accounts.ts';
import { takeOverAuditEntries } from '../../keeping/audit-inbox.ts';
import { purgeJobs } from '../../store/job-queues.ts';
import { purgePresences } from '../../store/presences.ts';
import { purgeRateBuckets } from '../../store/rate-buckets.ts';
import { transact } from '../../store/transaction.ts';
import type { School } from '../../school.ts';
import { deleteConversations, listOldConversations } from '../../store/mentor-talks.ts';
import type { JobKind } from '../job-kind.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days that a job which ended is kept, so that whoever asked can still look; longer where an operator has to. */
const ENDED_DAYS = 7;
const DEAD_DAYS = 30;

/** Days that a conversation with the mentor is kept after its last word. */
const TALK_DAYS = 90;
/** Conversations forgotten in one transaction. */
const TALKS = 100;

/** A bucket that nobody drew from for this long is full again and says nothing. */
const BUCKET_MS = 60 * 60 * 1000;

/** Forgets what has served its time: ended jobs, processes that went, full buckets, expired sessions. Takes over what commands left for the log. */
export const tidy: JobKind<Record<string, never>> = {
  name: 'tidy',
  payload: z.strictObject({}),
  concurrency: 1,
  limits: { all: 2, each: 2 },
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: 10 * 60_000,
  async run(school, job) {
    const now = school.clock();
    await forgetTalks(school, now - TALK_DAYS * DAY_MS, job.signal);
    await takeOverAuditEntries(school.config.dataDir, school.db);
    await transact(school.db, async (tx) => {
      const jobs = await purgeJobs(tx, { ended: now - ENDED_DAYS * DAY_MS, dead: now - DEAD_DAYS * DAY_MS });
      await purgeRateBuckets(tx, now - BUCKET_MS);
      await purgePresences(tx, now - DAY_MS);
      await purgeAccounts(tx, school.kind, now);
      await job.finish(tx, { jobs });
    });
  },
};

/** Conversations in which nothing was said for long. */
async function forgetTalks(school: School, before: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const forgotten = await transact(school.db, async (tx) => {
      const old = await listOldConversations(tx, before, TALKS);
      for (const { id, learnerId } of old) await deleteConversations(tx, learnerId, [id]);
      return old.length;
    });
    if (forgotten < TALKS) return;
  }
}
