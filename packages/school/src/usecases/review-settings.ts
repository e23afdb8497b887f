import { RETENTION_RANGE, reschedule } from '@edirae/engine';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import type { ReviewSettings } from '../store/cards/review-settings.ts';

/** What a day may bring at most. */
export const DAY_LIMITS = { newADay: 200, reviewsADay: 2_000 } as const;

export async function getReviewSettings(school: School, learnerId: string): Promise<ReviewSettings> {
  return createCardStore(school.db, learnerId).findSettings();
}

/** Keeps what a learner wants. Another target moves the dates of all cards, and nothing that is remembered. */
export async function setReviewSettings(
  school: School,
  learnerId: string,
  wanted: ReviewSettings,
): Promise<{ outcome: 'kept'; settings: ReviewSettings; moved: number }> {
  const settings = {
    retention: between(RETENTION_RANGE.least, Math.round(wanted.retention * 100) / 100, RETENTION_RANGE.most),
    newADay: between(0, Math.round(wanted.newADay), DAY_LIMITS.newADay),
    reviewsADay: between(1, Math.round(wanted.reviewsADay), DAY_LIMITS.reviewsADay),
  };
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const before = await store.findSettings();
    await store.putSettings(settings, tx.now);
    if (before.retention === settings.retention) return { outcome: 'kept' as const, settings, moved: 0 };
    let moved = 0;
    for (const { id, schedule, dueAt } of await store.listScheduledCards()) {
      if (schedule === null || dueAt === null) continue;
      const next = reschedule({ card: schedule, dueAt }, settings.retention);
      if (next.dueAt === dueAt) continue;
      await store.updateSchedule(id, { schedule: next.card, dueAt: next.dueAt });
      moved += 1;
    }
    return { outcome: 'kept' as const, settings, moved };
  });
}

function between(least: number, value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}
