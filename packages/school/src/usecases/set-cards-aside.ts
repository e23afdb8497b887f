import { DAY_MS, startOfDay } from '../cards/day.ts';
import { withRows } from '../cards/with-rows.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import type { CardChange } from '../store/cards/cards.ts';

/** Until tomorrow; until told otherwise; neither. */
export type Aside = 'bury' | 'suspend' | 'resume';

/** Sets cards aside or takes them back. Their schedules stay as they are. @returns how many there were */
export async function setCardsAside(
  school: School,
  learnerId: string,
  refs: readonly string[],
  aside: Aside,
): Promise<{ outcome: 'changed'; cards: number } | RateLimited> {
  const limited = await school.limiter.take('cards', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const cards = await withRows(school, store, refs, tx.now);
    await store.changeCards(
      [...cards.values()].map(({ id }) => id),
      changeFor(aside, tx.now),
    );
    return { outcome: 'changed' as const, cards: cards.size };
  });
}

function changeFor(aside: Aside, now: number): CardChange {
  switch (aside) {
    case 'bury':
      return { buriedUntil: startOfDay(now) + DAY_MS };
    case 'suspend':
      return { suspendedAt: now };
    case 'resume':
      return { suspendedAt: null, buriedUntil: 0 };
  }
}
