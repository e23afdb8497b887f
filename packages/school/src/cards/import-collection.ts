import { createHash } from 'node:crypto';
import {
  cardOrds,
  decodeName,
  mediaNames,
  renameMedia,
  type AnkiCard,
  type AnkiNote,
  type AnkiPackage,
  type Skipped,
} from '@edirae/anki';
import { foreignText } from '@edirae/curriculum';
import type { School } from '../school.ts';
import type { CardStore } from '../store/cards/card-store.ts';
import type { StoredCard } from '../store/cards/cards.ts';
import type { StoredGrade } from '../store/cards/grades.ts';
import type { NoteType, StoredNote } from '../store/cards/notes.ts';
import { findContentCard } from './content-cards.ts';
import { contentOfGuid, readSource } from './edirae-notes.ts';
import { addGrades, gradesByCard, scheduled, toRows } from './import-grades.ts';
import { ownSearch } from './own-card.ts';

/** What a package brought. */
export interface Imported {
  /** Notes, cards and grades of the package that are here now, whether they were before or not. */
  notes: number;
  cards: number;
  reviews: number;
  /** Pictures and sounds. */
  media: number;
  /** Decks that hold at least one of these cards. */
  decks: number;
  /** Of these, what was not here before. */
  added: { notes: number; cards: number; reviews: number };
  skipped: Skipped[];
}

/** Told one by one; beyond, counted. */
const MOST_SKIPPED = 200;

/** Where what a package calls a note is here. */
interface Placed {
  note: StoredNote | null;
  /** A card of the content, which came back from an export. */
  content: string | null;
  type: NoteType;
}

/** Takes a package over inside the learner's transaction: all of it, or nothing. @param renamed media whose names were taken, by their names in the package */
export async function importCollection(
  school: School,
  store: CardStore,
  source: AnkiPackage,
  { now, renamed }: { now: number; renamed: ReadonlyMap<string, string> },
): Promise<Imported> {
  const skipped: Skipped[] = [];
  const types = await importNoteTypes(school, store, source);
  const notes = await importNotes(school, store, source, { now, renamed, types, skipped });
  const cards = await importCards(school, store, source, { now, notes: notes.placed, skipped });
  return {
    notes: notes.placed.size,
    cards: cards.cards,
    reviews: cards.grades,
    media: 0,
    decks: cards.decks,
    added: { notes: notes.added, cards: cards.added, reviews: cards.addedGrades },
    skipped: shorten([...source.skipped, ...skipped]),
  };
}

function shorten(skipped: Skipped[]): Skipped[] {
  const more = skipped.length - MOST_SKIPPED;
  return more > 0
    ? [...skipped.slice(0, MOST_SKIPPED), { what: `${more} more`, why: 'for reasons as above' }]
    : skipped;
}

async function importNoteTypes(
  school: School,
  store: CardStore,
  source: AnkiPackage,
): Promise<Map<number, { id: string; body: NoteType }>> {
  const known = await store.listNoteTypeHashes();
  const types = new Map<number, { id: string; body: NoteType }>();
  for (const { id, name, cloze, fields, templates } of source.noteTypes.values()) {
    const body: NoteType = { name: clean(name), cloze, fields: fields.map(clean), templates };
    const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const kept = known.get(hash) ?? school.newId();
    // Only what a note uses is written, below.
    types.set(id, { id: kept, body });
  }
  return types;
}

interface NotesContext {
  now: number;
  renamed: ReadonlyMap<string, string>;
  types: ReadonlyMap<number, { id: string; body: NoteType }>;
  skipped: Skipped[];
}

const AT_ONCE = 500;

async function importNotes(
  school: School,
  store: CardStore,
  source: AnkiPackage,
  { now, renamed, types, skipped }: NotesContext,
): Promise<{ placed: Map<number, Placed>; added: number }> {
  const placed = new Map<number, Placed>();
  const written = new Set((await store.listNoteTypes()).keys());
  let added = 0;
  for (const batch of batches(source.notes(), AT_ONCE)) {
    const known = new Map(
      (await store.findNotesByGuid(batch.map(({ guid }) => guid))).map((note) => [note.guid, note]),
    );
    const fresh = new Map<string, StoredNote>();
    for (const note of batch) {
      const type = types.get(note.noteType);
      if (!type || note.guid === '') {
        skipped.push({ what: `note ${note.id}`, why: type ? 'has no guid' : 'its note type is missing' });
        continue;
      }
      const content = contentOfGuid(note.guid);
      if (content !== undefined && findContentCard(school.curriculum, content)) {
        placed.set(note.id, { note: null, content, type: type.body });
        continue;
      }
      const before = known.get(note.guid) ?? fresh.get(note.guid);
      const next = toNote(note, type, { id: before?.id ?? school.newId(), now, renamed, before });
      if (next.form === 'imported' && !written.has(type.id)) {
        const hash = createHash('sha256').update(JSON.stringify(type.body)).digest('hex');
        await store.insertNoteType({ id: type.id, hash, body: type.body });
        written.add(type.id);
      }
      placed.set(note.id, { note: next, content: null, type: type.body });
      if (before === undefined) {
        fresh.set(note.guid, next);
        added += 1;
      } else if (!sameNote(before, next)) await store.updateNote(next);
    }
    await store.insertNotes([...fresh.values()]);
  }
  return { placed, added };
}

function sameNote(a: StoredNote, b: StoredNote): boolean {
  return (
    a.noteTypeId === b.noteTypeId &&
    a.form === b.form &&
    a.tags.join(' ') === b.tags.join(' ') &&
    JSON.stringify(a.fields) === JSON.stringify(b.fields)
  );
}

function toNote(
  note: AnkiNote,
  type: { id: string; body: NoteType },
  context: {
    id: string;
    now: number;
    renamed: ReadonlyMap<string, string>;
    before: StoredNote | undefined;
  },
): StoredNote {
  const { id, now, renamed, before } = context;
  const tags = note.tags.map((tag) => clean(tag).slice(0, 100)).filter((tag) => tag !== '');
  const shared = { id, guid: note.guid, tags, createdAt: before?.createdAt ?? now, changedAt: now };
  const own = readSource(type.body, note.fields);
  if (own)
    return { ...shared, noteTypeId: null, ...own, source: own.source, search: ownSearch(own.fields, tags) };
  let fields = note.fields.map((field) => field.replaceAll('\0', ''));
  for (const name of renamed.size === 0 ? [] : new Set(fields.flatMap(mediaNames))) {
    const to = renamed.get(decodeName(name));
    if (to !== undefined) fields = fields.map((field) => renameMedia(field, name, to));
  }
  const search = [...fields.map(foreignTextOf), ...tags].join(' ').toLowerCase().slice(0, 20_000);
  return { ...shared, noteTypeId: type.id, form: 'imported', fields, skill: null, source: null, search };
}

/** Most fields are plain words: nothing has to be parsed to find them. */
function foreignTextOf(field: string): string {
  return /[<&]/.test(field) ? foreignText(field) : field;
}

interface CardsContext {
  now: number;
  notes: ReadonlyMap<number, Placed>;
  skipped: Skipped[];
}

async function importCards(
  school: School,
  store: CardStore,
  source: AnkiPackage,
  { now, notes, skipped }: CardsContext,
): Promise<{ cards: number; added: number; decks: number; grades: number; addedGrades: number }> {
  const decks = new Map(
    (await store.listDecks()).flatMap((deck) => (deck.skill === null ? [[deck.name, deck.id]] : [])),
  );
  const content = new Map((await store.listContentCards()).map((card) => [card.content, card]));
  const { retention } = await store.findSettings();
  const gradesOf = gradesByCard(source.grades());
  const used = new Set<string>();
  const position = await store.nextPosition();
  const counts = { cards: 0, added: 0, grades: 0, addedGrades: 0 };
  let read = 0;
  for (const batch of batches(source.cards(), AT_ONCE)) {
    const ids = [...new Set(batch.flatMap(({ note }) => notes.get(note)?.note?.id ?? []))];
    const known = new Map(
      (await store.listCardsOfNotes(ids)).map((card) => [`${card.noteId}/${card.ord}`, card]),
    );
    const fresh: StoredCard[] = [];
    const rows: StoredGrade[] = [];
    const again: { card: StoredCard; rows: StoredGrade[] }[] = [];
    for (const card of batch) {
      read += 1;
      const grades = gradesOf(card.id);
      const place = notes.get(card.note);
      if (!place || !makes(place, card)) {
        skipped.push({
          what: `card ${card.id}`,
          why: place ? 'its note type has no such card' : 'its note is missing',
        });
        continue;
      }
      const before = place.note
        ? known.get(`${place.note.id}/${card.ord}`)
        : content.get(place.content ?? '');
      const suspendedAt = card.queue === -1 ? now : null;
      if (before) {
        again.push({ card: before, rows: toRows(before, grades, now) });
        used.add(before.deckId);
        continue;
      }
      const deckId = place.note
        ? await deckCalled(card.deck)
        : `skill:${place.content?.slice(0, place.content.indexOf('/'))}`;
      used.add(deckId);
      const placed: StoredCard = {
        id: school.newId(),
        deckId,
        noteId: place.note?.id ?? null,
        content: place.content,
        ord: card.ord,
        position: position + (card.type === 0 ? Math.min(Math.max(card.position, 0), 1_000_000_000) : read),
        base: null,
        schedule: null,
        dueAt: null,
        lapses: 0,
        suspendedAt,
        buriedUntil: 0,
        createdAt: now,
      };
      const own = toRows(placed, grades, now);
      const next = scheduled(placed, card, own, retention);
      fresh.push(next);
      rows.push(...own);
      if (place.content !== null) content.set(place.content, next);
      else known.set(`${next.noteId}/${next.ord}`, next);
    }
    await store.insertCards(fresh);
    const fromFresh = await store.insertGrades(rows);
    const fromAgain = await addGrades(store, again, retention);
    counts.cards += fresh.length + again.length;
    counts.added += fresh.length;
    counts.grades += rows.length + again.reduce((sum, one) => sum + one.rows.length, 0);
    counts.addedGrades += fromFresh.size + fromAgain;
  }
  return { ...counts, decks: used.size };

  async function deckCalled(given: string): Promise<string> {
    const name = deckName(given);
    const known = decks.get(name);
    if (known !== undefined) return known;
    const id = school.newId();
    await store.insertDeck({ id, skill: null, name, studied: null, createdAt: now });
    decks.set(name, id);
    return id;
  }
}

/** A deck's name as it is kept: parts without spaces around them, at most 200 characters. */
export function deckName(given: string): string {
  const name = clean(given)
    .split('::')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('::')
    .slice(0, 200);
  return name === '' ? 'Default' : name;
}

function makes({ note, type, content }: Placed, { ord }: AnkiCard): boolean {
  if (content !== null) return ord === 0;
  if (note === null || ord < 0) return false;
  if (type.cloze) return ord < 500;
  return note.form === 'imported' ? cardOrds(type, note.fields).includes(ord) : ord < 2;
}

export function clean(text: string): string {
  return text.replaceAll('\0', '').normalize('NFC').trim();
}

function* batches<T>(all: Iterable<T>, size: number): Iterable<T[]> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
