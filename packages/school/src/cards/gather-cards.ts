import { recallOf, type LearnerState } from '@edirae/engine';
import type { School } from '../school.ts';
import type { CardStore } from '../store/cards/card-store.ts';
import { contentRef, refOf, type StoredCard } from '../store/cards/cards.ts';
import { standing, type StoredGrade } from '../store/cards/grades.ts';
import type { ReviewSettings } from '../store/cards/review-settings.ts';
import { contentDeckId, findContentCard, listContentCardsOf, listStudiedSkills } from './content-cards.ts';
import { startOfDay } from './day.ts';

/** What stands before a learner today, as far as cards go. */
export interface CardQueue {
  /** What is due first, the one least likely to be recalled before others; new ones among them. */
  cards: StoredCard[];
  settings: ReviewSettings;
  /** Grades of today that stand. */
  today: StoredGrade[];
  /** What waits for another day, because of the daily limits. */
  heldBack: { due: number; fresh: number };
}

/** Due cards that are read at most: nobody has asked for more in a day. */
const MOST = 10_000;
/** New cards come after so many due ones. */
const NEW_AFTER = 4;

/** Cards to review now, within the learner's daily limits. */
export async function gatherCards(
  school: School,
  store: CardStore,
  state: LearnerState,
  now: number,
): Promise<CardQueue> {
  const settings = await store.findSettings();
  const dayStart = startOfDay(now);
  const today = standing(await store.listGradesSince(dayStart)).filter(({ origin }) => origin !== 'import');
  const introduced = new Set(today.filter(({ recall }) => recall === null).map(({ card }) => card));
  const reviewed = new Set(today.map(({ card }) => card).filter((card) => !introduced.has(card)));

  const due = (await store.listDueCards(now, MOST)).filter((card) => isTaught(school, card));
  // Begun today already: asking again is part of the same review.
  const repeated = due.filter((card) => (card.schedule?.last ?? 0) >= dayStart);
  const others = due
    .filter((card) => (card.schedule?.last ?? 0) < dayStart)
    .map((card) => ({ card, recall: card.schedule ? (recallOf(card.schedule, now) ?? 0) : 0 }))
    .sort((a, b) => a.recall - b.recall)
    .map(({ card }) => card);
  const allowed = others.slice(0, Math.max(0, settings.reviewsADay - reviewed.size));

  const wanted = Math.max(0, settings.newADay - introduced.size);
  const fresh = await listFresh(school, store, state, now, wanted);
  return {
    cards: mix([...repeated, ...allowed], fresh.cards),
    settings,
    today,
    heldBack: { due: others.length - allowed.length, fresh: fresh.more },
  };
}

/** A card whose content is gone is kept, with its history, and not asked. */
function isTaught(school: School, card: StoredCard): boolean {
  return card.content === null || findContentCard(school.curriculum, card.content) !== undefined;
}

async function listFresh(
  school: School,
  store: CardStore,
  state: LearnerState,
  now: number,
  wanted: number,
): Promise<{ cards: StoredCard[]; more: number }> {
  const decks = await store.listDecks();
  const known = new Map((await store.listContentCards()).map((card) => [card.content, card]));
  const content = listStudiedSkills(school.curriculum, decks, state)
    .flatMap(listContentCardsOf)
    .flatMap(({ content, skill }) => {
      const card = known.get(content) ?? untouched(content, skill.id);
      const waits = card.schedule === null && card.suspendedAt === null && card.buriedUntil <= now;
      return waits ? [card] : [];
    });
  const ownDecks = decks.filter(({ skill, studied }) => skill === null && studied !== false);
  const own = await store.listNewCards({ decks: ownDecks.map(({ id }) => id), now, limit: wanted + 1 });
  // The learner's own and the content's by turns.
  const turns = Array.from({ length: Math.max(own.length, content.length) }, (_, n) => [own[n], content[n]])
    .flat()
    .filter((card) => card !== undefined);
  return { cards: turns.slice(0, wanted), more: Math.max(0, turns.length - wanted) };
}

/** A card of the content as it is before anything happened to it: it has no row yet. */
export function untouched(content: string, skill: string): StoredCard {
  return {
    id: contentRef(content),
    deckId: contentDeckId(skill),
    noteId: null,
    content,
    ord: 0,
    position: 0,
    base: null,
    schedule: null,
    dueAt: null,
    lapses: 0,
    suspendedAt: null,
    buriedUntil: 0,
    createdAt: 0,
  };
}

function mix(due: readonly StoredCard[], fresh: readonly StoredCard[]): StoredCard[] {
  const mixed: StoredCard[] = [];
  const rest = [...fresh];
  for (const [n, card] of due.entries()) {
    mixed.push(card);
    if ((n + 1) % NEW_AFTER === 0) mixed.push(...rest.splice(0, 1));
  }
  mixed.push(...rest);
  // The same card cannot stand here twice.
  return [...new Map(mixed.map((card) => [refOf(card), card])).values()];
}
