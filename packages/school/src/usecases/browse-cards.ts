import { contentDeckId, listContentCardsOf, skillOfDeck } from '../cards/content-cards.ts';
import { untouched } from '../cards/gather-cards.ts';
import { showCards } from '../cards/show-cards.ts';
import type { CardView } from '../cards/views.ts';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import type { StoredCard } from '../store/cards/cards.ts';
import type { NotFound } from './refusals.ts';

/** What is looked for among a learner's cards. */
export interface CardQuestion {
  /** A deck with its parts; left out: all of the learner's own. */
  deck?: string | undefined;
  text?: string | undefined;
  tag?: string | undefined;
  only?: 'new' | 'due' | 'suspended' | 'leech' | undefined;
  /** From 1. */
  page?: number | undefined;
}

export interface CardList {
  outcome: 'list';
  /** Null: all decks. */
  deck: { id: string; name: string; own: boolean } | null;
  cards: CardView[];
  total: number;
  page: number;
  pages: number;
  /** Where a card can be moved to. */
  decks: { id: string; name: string }[];
}

const PER_PAGE = 50;

export async function browseCards(
  school: School,
  learnerId: string,
  { deck, text = '', tag, only, page = 1 }: CardQuestion,
): Promise<CardList | NotFound> {
  const { now } = await readLearner(school, learnerId);
  const store = createCardStore(school.db, learnerId);
  const { retention } = await store.findSettings();
  const own = (await store.listDecks()).filter(({ skill }) => skill === null);
  const decks = own.map(({ id, name }) => ({ id, name }));
  const skillId = skillOfDeck(deck ?? '');
  if (skillId !== undefined) {
    const skill = school.curriculum.skills.get(skillId);
    if (!skill || skill.cards.length === 0) return { outcome: 'not-found' };
    const known = new Map((await store.listContentCards()).map((card) => [card.content, card]));
    const all = listContentCardsOf(skill).map(
      ({ content }) => known.get(content) ?? untouched(content, skillId),
    );
    const shown = (await showCards(school, store, all, { now, retention })).filter(
      (card) => holds(card, text) && isOnly(card, only, now),
    );
    const found = { id: contentDeckId(skillId), name: skillTitle(school, skillId), own: false };
    return { outcome: 'list', deck: found, cards: shown, total: shown.length, page: 1, pages: 1, decks };
  }
  const found = deck === undefined ? undefined : own.find(({ id }) => id === deck);
  if (deck !== undefined && !found) return { outcome: 'not-found' };
  const inside = found && own.filter(({ name }) => name === found.name || name.startsWith(`${found.name}::`));
  const filter = {
    ...(inside ? { decks: inside.map(({ id }) => id) } : {}),
    words: text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, 10),
    ...(tag === undefined || tag === '' ? {} : { tag }),
    ...(only === undefined ? {} : { only }),
    now,
  };
  const asked = Number.isInteger(page) && page > 0 ? page : 1;
  const { total, ids } = await store.findListedCards(filter, {
    offset: (asked - 1) * PER_PAGE,
    limit: PER_PAGE,
  });
  const byId = new Map((await store.findCards(ids)).map((card) => [card.id, card]));
  const ordered = ids.flatMap((id): StoredCard[] => (byId.get(id) ? [byId.get(id) as StoredCard] : []));
  return {
    outcome: 'list',
    deck: found ? { id: found.id, name: found.name, own: true } : null,
    cards: await showCards(school, store, ordered, { now, retention }),
    total,
    page: asked,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    decks,
  };
}

function holds({ front, back }: CardView, text: string): boolean {
  const plain = `${front} ${back}`.replace(/<[^>]*>/g, ' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => plain.includes(word));
}

function isOnly(card: CardView, only: CardQuestion['only'], now: number): boolean {
  switch (only) {
    case 'new':
      return card.isNew;
    case 'due':
      return card.dueAt !== null && card.dueAt <= now && !card.suspended;
    case 'suspended':
      return card.suspended;
    case 'leech':
      return card.leech;
    default:
      return true;
  }
}
