import type { Selectable } from 'kysely';
import type { ResourceMarksTable } from './schema-library.ts';
import type { Queries } from './transaction.ts';

/** What a learner keeps about one resource. */
export interface ResourceMark {
  url: string;
  saved: boolean;
  doneAt: number | null;
  /** Markdown; empty where nothing was written. */
  note: string;
  /** When its link was reported as dead. */
  reportedAt: number | null;
  changedAt: number;
}

export async function putResourceMark(db: Queries, learnerId: string, mark: ResourceMark): Promise<void> {
  const values = {
    saved: mark.saved ? 1 : 0,
    done_at: mark.doneAt,
    note: mark.note,
    reported_at: mark.reportedAt,
    changed_at: mark.changedAt,
  };
  await db
    .insertInto('resource_marks')
    .values({ learner_id: learnerId, url: mark.url, ...values })
    .onConflict((conflict) => conflict.columns(['learner_id', 'url']).doUpdateSet(values))
    .execute();
}

export async function listResourceMarks(db: Queries, learnerId: string): Promise<ResourceMark[]> {
  const rows = await db
    .selectFrom('resource_marks')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('url')
    .execute();
  return rows.map(toMark);
}

/** Addresses that learners reported as dead since a moment, and how many did, the most reported first. */
export async function countReportedLinks(
  db: Queries,
  since: number,
): Promise<{ url: string; reports: number }[]> {
  const rows = await db
    .selectFrom('resource_marks')
    .select((select) => ['url', select.fn.countAll().as('n')])
    .where('reported_at', '>=', since)
    .groupBy('url')
    .execute();
  return rows
    .map(({ url, n }) => ({ url, reports: Number(n) }))
    .sort((a, b) => b.reports - a.reports || (a.url < b.url ? -1 : 1));
}

/** Takes a guest's marks over; where the account has marked a resource itself, its own mark stays. */
export async function moveResourceMarks(db: Queries, guestId: string, learnerId: string): Promise<void> {
  const own = new Set((await listResourceMarks(db, learnerId)).map(({ url }) => url));
  for (const mark of await listResourceMarks(db, guestId))
    if (!own.has(mark.url)) await putResourceMark(db, learnerId, mark);
  await db.deleteFrom('resource_marks').where('learner_id', '=', guestId).execute();
}

function toMark(row: Selectable<ResourceMarksTable>): ResourceMark {
  return {
    url: row.url,
    saved: Number(row.saved) === 1,
    doneAt: row.done_at,
    note: row.note,
    reportedAt: row.reported_at,
    changedAt: row.changed_at,
  };
}
