import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { refOf } from '../store/cards/cards.ts';
import { ownSearch } from '../cards/own-card.ts';
import type { NotFound } from './refusals.ts';
import { tagsOf } from './write-note.ts';

/** What is done to many cards at once. Tags belong to notes, so all cards of a note get them. */
export type CardEdit =
  | { act: 'move'; deck: string }
  | { act: 'tag' | 'untag'; tags: string }
  /** Removes the notes behind these cards with all their cards and grades. */
  | { act: 'delete' };

/** Edits cards of the learner's own; those of the content are left alone. */
export async function editCards(
  school: School,
  learnerId: string,
  refs: readonly string[],
  edit: CardEdit,
): Promise<{ outcome: 'edited'; cards: number; notes: number } | NotFound | RateLimited> {
  const limited = await school.limiter.take('cards', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const cards = (await store.findCards(refs)).filter(({ content }) => content === null);
    const noteIds = [...new Set(cards.flatMap(({ noteId }) => noteId ?? []))];
    const counted = { outcome: 'edited' as const, cards: cards.length, notes: noteIds.length };
    switch (edit.act) {
      case 'move': {
        const deck = (await store.listDecks()).find(({ id, skill }) => id === edit.deck && skill === null);
        if (!deck) return { outcome: 'not-found' as const };
        await store.changeCards(
          cards.map(({ id }) => id),
          { deckId: deck.id },
        );
        return counted;
      }
      case 'delete': {
        const all = await store.listCardsOfNotes(noteIds);
        await store.deleteGradesOf(all.map(refOf));
        await store.deleteCards(all.map(({ id }) => id));
        await store.deleteNotes(noteIds);
        return { ...counted, cards: all.length };
      }
      default: {
        const given = tagsOf(edit.tags);
        for (const note of await store.findNotes(noteIds)) {
          const tags =
            edit.act === 'tag'
              ? [...new Set([...note.tags, ...given])]
              : note.tags.filter((tag) => !given.includes(tag));
          const search = note.form === 'imported' ? note.search : ownSearch(note.fields, tags);
          await store.updateNote({ ...note, tags, search, changedAt: tx.now });
        }
        return counted;
      }
    }
  });
}

/** Removes a note with its cards and their grades. */
export async function dropNote(
  school: School,
  learnerId: string,
  noteId: string,
): Promise<{ outcome: 'dropped'; cards: number } | NotFound> {
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const [note] = await store.findNotes([noteId]);
    if (!note) return { outcome: 'not-found' as const };
    const cards = await store.listCardsOfNotes([noteId]);
    await store.deleteGradesOf(cards.map(refOf));
    await store.deleteCards(cards.map(({ id }) => id));
    await store.deleteNotes([noteId]);
    return { outcome: 'dropped' as const, cards: cards.length };
  });
}
