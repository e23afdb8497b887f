import { z } from 'zod';
import { eraseLearner } from '../../store/erase-learner.ts';
import { listIdleGuests } from '../../store/idle-guests.ts';
import { transact } from '../../store/transaction.ts';
import { recordAct } from '../../usecases/record-act.ts';
import type { JobKind } from '../job-kind.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Guests looked up at a time. */
const PAGE = 100;

/** Erases guests without activity for as long as the configuration says. Each in a transaction of its own: half done is half done. */
export const eraseIdleGuests: JobKind<Record<string, never>> = {
  name: 'erase-idle-guests',
  payload: z.strictObject({}),
  concurrency: 1,
  limits: { all: 2, each: 2 },
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: 30 * 60_000,
  async run(school, job) {
    const days = school.config.guestDays;
    if (days === null) return;
    const before = school.clock() - days * DAY_MS;
    let erased = 0;
    for (;;) {
      const guests = await listIdleGuests(school.db, before, PAGE);
      for (const id of guests) {
        job.signal.throwIfAborted();
        // Asked again inside: whoever came back in the meantime stays.
        const gone = await transact(school.db, async (tx) => {
          if ((await listIdleGuests(tx, before, 1, id)).length === 0) return false;
          await eraseLearner(tx, id);
          return true;
        });
        if (gone) erased += 1;
        job.report({ done: erased, total: null });
      }
      if (guests.length < PAGE) break;
    }
    await transact(school.db, async (tx) => {
      if (erased > 0)
        await recordAct(
          tx,
          { act: 'erase', details: { idleGuests: erased, days } },
          'schedule',
          school.clock(),
        );
      await job.finish(tx, { erased });
    });
  },
};
