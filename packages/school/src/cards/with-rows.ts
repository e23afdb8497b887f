import type { School } from '../school.ts';
import type { CardStore } from '../store/cards/card-store.ts';
import { contentOf, refOf, type StoredCard } from '../store/cards/cards.ts';
import { findContentCard } from './content-cards.ts';
import { untouched } from './gather-cards.ts';

/**
 * The cards that are called so, each with a row of its own: a card of the content gets one the first time anything happens to it.
 * @returns by what they are called; unknown ones are missing
 */
export async function withRows(
  school: School,
  store: CardStore,
  refs: readonly string[],
  now: number,
): Promise<Map<string, StoredCard>> {
  const wanted = [...new Set(refs)];
  const found = new Map((await store.findCards(wanted)).map((card) => [refOf(card), card]));
  const fresh = wanted.flatMap((ref) => {
    const content = found.has(ref) ? undefined : contentOf(ref);
    const card = content === undefined ? undefined : findContentCard(school.curriculum, content);
    return card ? [{ ...untouched(card.content, card.skill.id), id: school.newId(), createdAt: now }] : [];
  });
  if (fresh.length > 0) await store.insertCards(fresh);
  for (const card of fresh) found.set(refOf(card), card);
  return found;
}
