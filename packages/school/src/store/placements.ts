import type { Selectable } from 'kysely';
import type { PlacementsTable } from './schema.ts';
import type { Queries } from './transaction.ts';

/** One placement of one learner. */
export interface StoredPlacement {
  id: string;
  learnerId: string;
  startedAt: number;
  endedAt: number | null;
  /** Of its `placement-ended` event. */
  seq: number | null;
}

/** Records that a placement was opened. */
export async function insertPlacement(
  db: Queries,
  learnerId: string,
  placement: { id: string; startedAt: number },
): Promise<void> {
  await db
    .insertInto('placements')
    .values({
      id: placement.id,
      learner_id: learnerId,
      started_at: placement.startedAt,
      ended_at: null,
      seq: null,
    })
    .execute();
}

/** Records that a placement ended; a second end changes nothing and gives false. */
export async function endPlacement(
  db: Queries,
  learnerId: string,
  end: { id: string; endedAt: number; seq: number },
): Promise<boolean> {
  const result = await db
    .updateTable('placements')
    .set({ ended_at: end.endedAt, seq: end.seq })
    .where('id', '=', end.id)
    .where('learner_id', '=', learnerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** One of the learner's placements. */
export async function findPlacement(
  db: Queries,
  learnerId: string,
  placementId: string,
): Promise<StoredPlacement | undefined> {
  const row = await db
    .selectFrom('placements')
    .selectAll()
    .where('id', '=', placementId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return row && toPlacement(row);
}

/** The learner's placements, newest first. */
export async function listPlacements(db: Queries, learnerId: string): Promise<StoredPlacement[]> {
  const rows = await db
    .selectFrom('placements')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toPlacement);
}

function toPlacement(row: Selectable<PlacementsTable>): StoredPlacement {
  return {
    id: row.id,
    learnerId: row.learner_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    seq: row.seq,
  };
}
