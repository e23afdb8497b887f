import type { School } from '../school.ts';
import { transact } from '../store/transaction.ts';
import { enqueueJob } from './enqueue-job.ts';
import type { JobKind } from './job-kind.ts';
import { eraseIdleGuests } from './kinds/erase-idle-guests.ts';
import { scheduledBackup } from './kinds/scheduled-backup.ts';
import { tidy } from './kinds/tidy.ts';

const HOUR_MS = 60 * 60 * 1000;

/** Work that returns by itself. */
interface Schedule {
  kind: JobKind;
  /** Milliseconds from one to the next, counted from 1970: every process means the same hour. */
  everyMs: number;
  /** @param slot the time it was due */
  payload(slot: number): unknown;
}

function listSchedules(school: School): Schedule[] {
  const schedules: Schedule[] = [{ kind: tidy, everyMs: HOUR_MS, payload: () => ({}) }];
  if (school.config.guestDays !== null)
    schedules.push({ kind: eraseIdleGuests, everyMs: HOUR_MS, payload: () => ({}) });
  if (school.config.backupDir !== null)
    schedules.push({
      kind: scheduledBackup,
      everyMs: school.config.backupEveryMs,
      payload: (slot) => ({ slot }),
    });
  return schedules.filter(({ kind }) => school.jobKinds.includes(kind));
}

/**
 * Puts down what is due now, once for all processes. After a night switched off, the latest missed one is done and
 * not all of them.
 */
export async function enqueueScheduled(school: School): Promise<void> {
  const now = school.clock();
  for (const { kind, everyMs, payload } of listSchedules(school)) {
    const slot = Math.floor(now / everyMs) * everyMs;
    const key = new Date(slot).toISOString();
    await transact(school.db, (tx) => enqueueJob(school, tx, kind, payload(slot), { key }));
  }
}
