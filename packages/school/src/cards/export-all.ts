import type { CardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import type { StoredDeck } from '../store/cards/decks.ts';
import type { StoredGrade } from '../store/cards/grades.ts';
import type { NoteType, StoredNote } from '../store/cards/notes.ts';
import type { ReviewSettings } from '../store/cards/review-settings.ts';

/** All that is kept about a learner's flashcards. */
export interface CardExport {
  settings: ReviewSettings;
  decks: StoredDeck[];
  noteTypes: ({ id: string } & NoteType)[];
  notes: Omit<StoredNote, 'search'>[];
  cards: (Omit<StoredCard, 'id'> & { ref: string })[];
  grades: StoredGrade[];
  /** Names of pictures and sounds, and the SHA-256 of each. */
  media: Record<string, string>;
}

export async function exportAllCards(store: CardStore): Promise<CardExport> {
  const decks = await store.listDecks();
  const own = decks.map(({ id }) => id);
  const cards = [...(await store.listContentCards()), ...(await store.listCardsOfDecks(own))];
  const unique = [...new Map(cards.map((card) => [refOf(card), card])).values()];
  const notes = await store.findNotes([...new Set(unique.flatMap(({ noteId }) => noteId ?? []))]);
  return {
    settings: await store.findSettings(),
    decks,
    noteTypes: [...(await store.listNoteTypes())].map(([id, type]) => ({ id, ...type })),
    notes: notes.map(({ search: _found, ...note }) => note),
    cards: unique.map(({ id: _own, ...card }) => ({
      ref: refOf({ id: _own, content: card.content }),
      ...card,
    })),
    grades: await store.listAllGrades(),
    media: Object.fromEntries(await store.listMediaNames()),
  };
}
