import { skillOfDeck } from '../cards/content-cards.ts';
import { deckName } from '../cards/import-collection.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { refOf } from '../store/cards/cards.ts';
import type { NotFound } from './refusals.ts';

/** Makes a deck; one of that name is the same one. */
export async function makeDeck(
  school: School,
  learnerId: string,
  given: string,
): Promise<{ outcome: 'made'; id: string }> {
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const name = deckName(given);
    const known = (await store.listDecks()).find((deck) => deck.skill === null && deck.name === name);
    if (known) return { outcome: 'made' as const, id: known.id };
    const id = school.newId();
    await store.insertDeck({ id, skill: null, name, studied: null, createdAt: tx.now });
    return { outcome: 'made' as const, id };
  });
}

/** Gives a deck another name, with all its parts. */
export async function renameDeck(
  school: School,
  learnerId: string,
  deckId: string,
  given: string,
): Promise<{ outcome: 'renamed' } | { outcome: 'name-taken' } | NotFound> {
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const own = (await store.listDecks()).filter(({ skill }) => skill === null);
    const deck = own.find(({ id }) => id === deckId);
    if (!deck) return { outcome: 'not-found' as const };
    const name = deckName(given);
    if (own.some((other) => other.id !== deckId && other.name === name))
      return { outcome: 'name-taken' as const };
    await store.changeDeck(deckId, { name });
    for (const part of own.filter((other) => other.name.startsWith(`${deck.name}::`)))
      await store.changeDeck(part.id, { name: `${name}${part.name.slice(deck.name.length)}` });
    return { outcome: 'renamed' as const };
  });
}

/** Whether new cards of a deck are introduced. Reviews of what was begun go on. */
export async function studyDeck(
  school: School,
  learnerId: string,
  deckId: string,
  studied: boolean,
): Promise<{ outcome: 'changed' } | NotFound> {
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const skill = skillOfDeck(deckId);
    const decks = await store.listDecks();
    const known = decks.find((deck) => (skill === undefined ? deck.id === deckId : deck.skill === skill));
    if (known) await store.changeDeck(known.id, { studied });
    else if (skill !== undefined && school.curriculum.skills.has(skill))
      await store.insertDeck({ id: school.newId(), skill, name: '', studied, createdAt: tx.now });
    else return { outcome: 'not-found' as const };
    return { outcome: 'changed' as const };
  });
}

/** Removes a deck of the learner's own with its cards, notes and grades. Parts stay. */
export async function dropDeck(
  school: School,
  learnerId: string,
  deckId: string,
): Promise<{ outcome: 'dropped'; cards: number } | NotFound> {
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const deck = (await store.listDecks()).find(({ id, skill }) => id === deckId && skill === null);
    if (!deck) return { outcome: 'not-found' as const };
    const cards = await store.listCardsOfDecks([deckId]);
    await store.deleteGradesOf(cards.map(refOf));
    await store.deleteCards(cards.map(({ id }) => id));
    const notes = [...new Set(cards.flatMap(({ noteId }) => noteId ?? []))];
    const kept = new Set((await store.listCardsOfNotes(notes)).map(({ noteId }) => noteId));
    await store.deleteNotes(notes.filter((id) => !kept.has(id)));
    await store.deleteDeck(deckId);
    return { outcome: 'dropped' as const, cards: cards.length };
  });
}
