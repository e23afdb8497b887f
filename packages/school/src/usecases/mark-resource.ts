import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerTransaction } from '../store/act-on.ts';
import type { ResourceMark } from '../store/resource-marks.ts';
import type { NotFound } from './refusals.ts';

/** What is to change; the rest stays. */
export interface ResourceChange {
  saved?: boolean | undefined;
  done?: boolean | undefined;
  /** Markdown; empty takes the note away. */
  note?: string | undefined;
}

export type MarkResource = { outcome: 'marked'; mark: ResourceMark } | NotFound | RateLimited;

/** Longer notes are cut. */
const LONGEST = 5_000;

/** Saves a resource, marks it done, or keeps a note on it. @param url its present address */
export async function markResource(
  school: School,
  learnerId: string,
  url: string,
  { saved, done, note }: ResourceChange,
): Promise<MarkResource> {
  const limited = await school.limiter.take('note', learnerId, school.clock());
  if (limited) return limited;
  return changeMark(school, learnerId, url, (mark, now) => ({
    ...mark,
    saved: saved ?? mark.saved,
    doneAt: done === undefined ? mark.doneAt : done ? (mark.doneAt ?? now) : null,
    // PostgreSQL's text holds no NUL.
    note: note === undefined ? mark.note : note.replaceAll('\0', '').trim().slice(0, LONGEST),
  }));
}

/** Tells the operator that a resource's link is dead. Once a learner and resource: a second report changes nothing. */
export async function reportDeadLink(school: School, learnerId: string, url: string): Promise<MarkResource> {
  const limited = await school.limiter.take('report', learnerId, school.clock());
  if (limited) return limited;
  return changeMark(school, learnerId, url, (mark, now) => ({ ...mark, reportedAt: mark.reportedAt ?? now }));
}

async function changeMark(
  school: School,
  learnerId: string,
  url: string,
  change: (mark: ResourceMark, now: number) => ResourceMark,
): Promise<MarkResource> {
  const resource = school.curriculum.resources.find((one) => one.url === url);
  if (!resource) return { outcome: 'not-found' };
  return actOn(school, learnerId, async (tx): Promise<MarkResource> => {
    const mark = change(await markOf(tx, url, resource.formerly), tx.now);
    const stored = { ...mark, url, changedAt: tx.now };
    await tx.store.putResourceMark(stored);
    return { outcome: 'marked', mark: stored };
  });
}

/** What is kept about it, under the address it has or had. */
async function markOf(
  tx: LearnerTransaction,
  url: string,
  formerly: readonly string[],
): Promise<ResourceMark> {
  const marks = await tx.store.listResourceMarks();
  const known = [url, ...formerly].flatMap((address) => marks.find((mark) => mark.url === address) ?? []);
  return known[0] ?? { url, saved: false, doneAt: null, note: '', reportedAt: null, changedAt: tx.now };
}
