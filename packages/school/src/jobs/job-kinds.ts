import type { JobKind } from './job-kind.ts';
import { eraseIdleGuests } from './kinds/erase-idle-guests.ts';
import { gradeLab } from './kinds/grade-lab.ts';
import { makeExplainBack } from './kinds/make-explain-back.ts';
import { scheduledBackup } from './kinds/scheduled-backup.ts';
import { tidy } from './kinds/tidy.ts';

/** Every sort of work that is done later. A kind that is not listed here is never run. */
export const JOB_KINDS: readonly JobKind[] = [
  eraseIdleGuests,
  gradeLab,
  makeExplainBack,
  scheduledBackup,
  tidy,
];
