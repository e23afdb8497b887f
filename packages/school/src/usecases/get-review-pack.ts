import { DAY_MS } from '../cards/day.ts';
import { gatherCards } from '../cards/gather-cards.ts';
import { showCards } from '../cards/show-cards.ts';
import { PACK_DAYS, type ReviewPack } from '../cards/views.ts';
import { reviewsDue } from '../present/reviews-due.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { refOf } from '../store/cards/cards.ts';

/** Cards a device keeps: more than a day's limit, little enough to fetch over a phone. */
const MOST = 200;

/** What a device keeps to go on without a connection: cards with their answers. Items stay here, because their keys never leave. */
export async function getReviewPack(school: School, learnerId: string): Promise<ReviewPack> {
  const { state, now } = await readLearner(school, learnerId);
  const store = createCardStore(school.db, learnerId);
  const { cards, settings } = await gatherCards(school, store, state, now);
  const later = await store.listDueCards(now + PACK_DAYS * DAY_MS, MOST);
  const all = [...new Map([...cards, ...later].map((card) => [refOf(card), card])).values()].slice(0, MOST);
  const shown = await showCards(school, store, all, { now, retention: settings.retention });
  return {
    learnerId,
    madeAt: now,
    retention: settings.retention,
    cards: shown.map((card) => ({ ...card, from: Math.max(card.dueAt ?? now, 0) })),
    items: reviewsDue(school.graph, state, now).skills,
  };
}
