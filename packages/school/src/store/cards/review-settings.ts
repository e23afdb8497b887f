import type { Queries } from '../transaction.ts';

/** How much a learner wants to review. */
export interface ReviewSettings {
  /** Share to be recalled when due, 0 to 1. */
  retention: number;
  newADay: number;
  reviewsADay: number;
}

/** Ten new cards a day lead to about seventy reviews a day; ninety percent is FSRS's default. */
export const USUAL_SETTINGS: ReviewSettings = { retention: 0.9, newADay: 10, reviewsADay: 120 };

export async function findReviewSettings(db: Queries, learnerId: string): Promise<ReviewSettings> {
  const row = await db
    .selectFrom('review_settings')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (row === undefined) return USUAL_SETTINGS;
  return { retention: row.retention / 100, newADay: row.new_a_day, reviewsADay: row.reviews_a_day };
}

export async function putReviewSettings(
  db: Queries,
  learnerId: string,
  { retention, newADay, reviewsADay }: ReviewSettings,
  at: number,
): Promise<void> {
  const set = {
    retention: Math.round(retention * 100),
    new_a_day: newADay,
    reviews_a_day: reviewsADay,
    changed_at: at,
  };
  await db
    .insertInto('review_settings')
    .values({ learner_id: learnerId, ...set })
    .onConflict((conflict) => conflict.column('learner_id').doUpdateSet(set))
    .execute();
}
