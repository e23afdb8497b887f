import { emptyState, type LearnerState } from '@edirae/engine';
import { contentDeckId, isStudied } from '../cards/content-cards.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import type { DeckCount } from '../store/cards/cards.ts';
import type { StoredDeck } from '../store/cards/decks.ts';

/** A deck in the list of all. */
export interface DeckRow {
  id: string;
  name: string;
  cards: number;
  fresh: number;
  due: number;
  suspended: number;
  /** New cards of it are introduced. */
  studied: boolean;
}

/** Every deck of a learner: their own, and those of the content by module. */
export interface CardLibrary {
  own: DeckRow[];
  modules: { id: string; number: number; title: string; decks: DeckRow[] }[];
  due: number;
}

const NONE: Omit<DeckCount, 'deckId'> = { cards: 0, fresh: 0, due: 0, suspended: 0 };

/** Every deck to choose from. @param learnerId null for a visitor, who sees those of the content */
export async function getCardLibrary(school: School, learnerId: string | null): Promise<CardLibrary> {
  const { state, decks, counted } = await readDecks(school, learnerId);
  const counts = new Map(counted.map((count) => [count.deckId, count]));
  const chosen = new Map(decks.flatMap((deck) => (deck.skill === null ? [] : [[deck.skill, deck]])));
  const { skills, modules } = school.curriculum;
  return {
    own: decks
      .filter(({ skill }) => skill === null)
      .map(({ id, name, studied }) => ({
        id,
        name,
        ...countsOf(counts.get(id)),
        studied: studied !== false,
      })),
    modules: modules.flatMap(({ id, number, title, skills: ids }) => {
      const rows = ids.flatMap((skillId): DeckRow[] => {
        const skill = skills.get(skillId);
        if (!skill || skill.cards.length === 0) return [];
        const count = countsOf(counts.get(contentDeckId(skillId)));
        const touched = count.cards - count.fresh;
        return [
          {
            id: contentDeckId(skillId),
            name: skill.title,
            ...count,
            cards: skill.cards.length,
            fresh: Math.max(0, skill.cards.length - touched),
            studied: isStudied(chosen.get(skillId), state, skillId),
          },
        ];
      });
      return rows.length > 0 ? [{ id, number, title, decks: rows }] : [];
    }),
    due: [...counts.values()].reduce((sum, { due }) => sum + due, 0),
  };
}

async function readDecks(
  school: School,
  learnerId: string | null,
): Promise<{ state: LearnerState; decks: StoredDeck[]; counted: DeckCount[] }> {
  if (learnerId === null) return { state: emptyState(), decks: [], counted: [] };
  const { state, now } = await readLearner(school, learnerId);
  const store = createCardStore(school.db, learnerId);
  return { state, decks: await store.listDecks(), counted: await store.countCards(now) };
}

function countsOf(count: DeckCount | undefined): Omit<DeckCount, 'deckId'> {
  const { cards, fresh, due, suspended } = count ?? NONE;
  return { cards, fresh, due, suspended };
}
