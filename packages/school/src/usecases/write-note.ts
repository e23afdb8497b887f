import { addNotes, fieldsOf, formOf, newCard, type NoteDraft } from '../cards/add-notes.ts';
import { deckName } from '../cards/import-collection.ts';
import { ownOrds, ownSearch, renderOwn } from '../cards/own-card.ts';
import { skillTitle } from '../present/titles.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore, type CardStore } from '../store/cards/card-store.ts';
import { refOf } from '../store/cards/cards.ts';
import { foreignText } from '@edirae/curriculum';
import type { StoredNote } from '../store/cards/notes.ts';
import type { NotFound } from './refusals.ts';

/** A note as a page sends it. */
export interface WrittenNote {
  front: string;
  back: string;
  both: boolean;
  tags: string;
  /** A deck's id, or the name of a new one. */
  deck: string;
  skill?: string | undefined;
  /** The sentence of the lesson that it was made from. */
  source?: string | undefined;
}

export type WriteNote =
  { outcome: 'written'; note: string; cards: number } | { outcome: 'empty' } | NotFound | RateLimited;

const LONGEST = 20_000;

/** Adds a note. Gaps (`{{c1::…}}`) in its front make it a cloze. */
export async function addNote(school: School, learnerId: string, written: WrittenNote): Promise<WriteNote> {
  const limited = await school.limiter.take('cards', learnerId, school.clock());
  if (limited) return limited;
  if (written.front.trim() === '') return { outcome: 'empty' };
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const deckId = await deckOf(school, store, written.deck, tx.now);
    const skill = school.curriculum.skills.has(written.skill ?? '') ? (written.skill ?? null) : null;
    const draft: NoteDraft = {
      ...draftOf(written),
      deckId,
      skill,
      source: written.source?.replaceAll('\0', '').slice(0, 2_000) ?? null,
    };
    const [note] = await addNotes(school, store, [draft], tx.now);
    const cards = await store.listCardsOfNotes(note ? [note.id] : []);
    return { outcome: 'written' as const, note: note?.id ?? '', cards: cards.length };
  });
}

/** Changes a note; its cards keep their schedules. Gaps that are gone take their cards along, new ones bring new cards. */
export async function changeNote(
  school: School,
  learnerId: string,
  noteId: string,
  written: WrittenNote,
): Promise<WriteNote> {
  const limited = await school.limiter.take('cards', learnerId, school.clock());
  if (limited) return limited;
  if (written.front.trim() === '') return { outcome: 'empty' };
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const [note] = await store.findNotes([noteId]);
    if (!note) return { outcome: 'not-found' as const };
    const cards = await store.listCardsOfNotes([noteId]);
    const tags = tagsOf(written.tags);
    const deckId = await deckOf(school, store, written.deck, tx.now);
    const next =
      note.form === 'imported' ? changeImported(note, written, tags) : changeOwn(note, written, tags);
    await store.updateNote({ ...next, changedAt: tx.now });
    if (next.form !== 'imported') {
      const wanted = ownOrds(next.form, next.fields);
      const gone = cards.filter(({ ord }) => !wanted.includes(ord));
      await store.deleteGradesOf(gone.map(refOf));
      await store.deleteCards(gone.map(({ id }) => id));
      const position = await store.nextPosition();
      await store.insertCards(
        wanted
          .filter((ord) => !cards.some((card) => card.ord === ord))
          .map((ord, n) => newCard(school, { note: next, deckId, ord, position: position + n, now: tx.now })),
      );
    }
    const now = await store.listCardsOfNotes([noteId]);
    await store.changeCards(
      now.map(({ id }) => id),
      { deckId },
    );
    return { outcome: 'written' as const, note: noteId, cards: now.length };
  });
}

function draftOf({
  front,
  back,
  both,
  tags,
}: WrittenNote): Pick<NoteDraft, 'form' | 'fields' | 'both' | 'tags'> {
  return {
    form: formOf(front),
    fields: [front.slice(0, LONGEST), back.slice(0, LONGEST)],
    both,
    tags: tagsOf(tags),
  };
}

function changeOwn(note: StoredNote, written: WrittenNote, tags: string[]): StoredNote {
  const draft = draftOf(written);
  const fields = fieldsOf(draft);
  return { ...note, form: draft.form, fields, tags, search: ownSearch(fields, tags) };
}

/** Its first two fields are edited as the HTML they are; what else it has stays. */
function changeImported(note: StoredNote, written: WrittenNote, tags: string[]): StoredNote {
  const fields = [
    written.front.slice(0, LONGEST),
    written.back.slice(0, LONGEST),
    ...note.fields.slice(2),
  ].map((field) => field.replaceAll('\0', ''));
  const search = [...fields.map(foreignText), ...tags].join(' ').toLowerCase().slice(0, 20_000);
  return { ...note, fields, tags, search };
}

export function tagsOf(text: string): string[] {
  const tags = text
    .replaceAll('\0', '')
    .split(/[\s,]+/)
    .filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, 50).map((tag) => tag.slice(0, 100));
}

async function deckOf(school: School, store: CardStore, given: string, now: number): Promise<string> {
  const own = (await store.listDecks()).filter(({ skill }) => skill === null);
  const name = deckName(given === '' ? 'My cards' : given);
  const known = own.find((deck) => deck.id === given) ?? own.find((deck) => deck.name === name);
  if (known) return known.id;
  const id = school.newId();
  await store.insertDeck({ id, skill: null, name, studied: null, createdAt: now });
  return id;
}

/** A note on the page where it is changed. */
export interface NoteView {
  id: string;
  form: StoredNote['form'];
  front: string;
  back: string;
  both: boolean;
  tags: string[];
  deck: { id: string; name: string } | null;
  skill: { id: string; title: string } | null;
  source: string | null;
  cards: number;
}

export async function findNote(
  school: School,
  learnerId: string,
  noteId: string,
): Promise<NoteView | undefined> {
  const store = createCardStore(school.db, learnerId);
  const [note] = await store.findNotes([noteId]);
  if (!note) return undefined;
  const cards = await store.listCardsOfNotes([noteId]);
  const deck = (await store.listDecks()).find(({ id }) => id === cards[0]?.deckId);
  return {
    id: note.id,
    form: note.form,
    front: note.fields[0] ?? '',
    back: note.fields[1] ?? '',
    both: note.form === 'basic' && note.fields[2] === 'both',
    tags: note.tags,
    deck: deck ? { id: deck.id, name: deck.name } : null,
    skill: note.skill === null ? null : { id: note.skill, title: skillTitle(school, note.skill) },
    source: note.source,
    cards: cards.length,
  };
}

/** How a note would look, card by card, without keeping it. */
export function previewNote(front: string, back: string, both: boolean): { front: string; back: string }[] {
  const draft = {
    form: formOf(front),
    fields: [front.slice(0, LONGEST), back.slice(0, LONGEST)] as [string, string],
    both,
  };
  const fields = fieldsOf(draft);
  return ownOrds(draft.form, fields)
    .slice(0, 20)
    .map((ord) => renderOwn({ form: draft.form, fields }, ord));
}
