import {
  mediaNames,
  type OutCard,
  type OutGrade,
  type OutNote,
  type OutNoteType,
  type OutPackage,
} from '@edirae/anki';
import { gradeCard, type ReviewCard } from '@edirae/engine';
import type { School } from '../school.ts';
import type { CardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import { standing, type StoredGrade } from '../store/cards/grades.ts';
import type { NoteType, StoredNote } from '../store/cards/notes.ts';
import { findContentCard, listContentCardsOf } from './content-cards.ts';
import { guidOfContent, OUT_TYPES, toAnkiFields } from './edirae-notes.ts';
import { untouched } from './gather-cards.ts';

/** A deck that leaves, with the names of the media it needs. */
export interface OutDeck {
  out: OutPackage;
  media: string[];
}

/** All cards of the learner's own decks, as they leave for Anki. @param names full names by deck id */
export async function gatherOwn(
  store: CardStore,
  names: ReadonlyMap<string, string>,
  now: number,
): Promise<OutDeck> {
  const cards = await store.listCardsOfDecks([...names.keys()]);
  const notes = new Map(
    (await store.findNotes([...new Set(cards.flatMap(({ noteId }) => noteId ?? []))])).map((note) => [
      note.id,
      note,
    ]),
  );
  const types = new OutTypes(await store.listNoteTypes());
  const outNotes = [...notes.values()].flatMap((note): OutNote[] => {
    const noteType = types.placeOf(note);
    if (noteType === undefined) return [];
    const fields = note.form === 'imported' ? note.fields : toAnkiFields(note);
    return [{ guid: note.guid, noteType, fields, tags: note.tags, createdAt: note.createdAt }];
  });
  const entries = cards.flatMap((card) => {
    const note = notes.get(card.noteId ?? '');
    return note ? [{ card, guid: note.guid, deck: names.get(card.deckId) ?? 'Default' }] : [];
  });
  const scheduled = await scheduleOut(store, entries, now);
  return {
    out: { now, decks: [...new Set(names.values())], noteTypes: types.list, notes: outNotes, ...scheduled },
    media: [
      ...new Set(
        [...notes.values()]
          .filter(({ form }) => form === 'imported')
          .flatMap(({ fields }) => fields.flatMap(mediaNames)),
      ),
    ],
  };
}

/** The cards of one skill of the content, with what the learner remembers of them. */
export async function gatherContent(
  school: School,
  store: CardStore,
  skillId: string,
  now: number,
): Promise<OutDeck | undefined> {
  const skill = school.curriculum.skills.get(skillId);
  if (!skill || skill.cards.length === 0) return undefined;
  const module = school.curriculum.modules.find(({ id }) => id === skill.module);
  const deck = `Edirae::${module?.title ?? skill.module}::${skill.title}`;
  const known = new Map((await store.listContentCards()).map((card) => [card.content, card]));
  const cards = listContentCardsOf(skill).map(
    ({ content }) => known.get(content) ?? untouched(content, skill.id),
  );
  const notes = cards.flatMap(({ content }, n): OutNote[] => {
    const card = findContentCard(school.curriculum, content ?? '');
    if (!card || content === null) return [];
    const note = { form: 'basic' as const, fields: [card.front, card.back], skill: skill.id, source: null };
    return [
      {
        guid: guidOfContent(content),
        noteType: 0,
        fields: toAnkiFields(note),
        tags: [`edirae::${skill.id}`],
        createdAt: now - cards.length + n,
      },
    ];
  });
  const entries = cards.map((card) => ({ card, guid: guidOfContent(card.content ?? ''), deck }));
  const scheduled = await scheduleOut(store, entries, now);
  return { out: { now, decks: [deck], noteTypes: [OUT_TYPES.basic], notes, ...scheduled }, media: [] };
}

/** Note types in the order in which they are first needed. */
class OutTypes {
  readonly list: OutNoteType[] = [];
  readonly #known: ReadonlyMap<string, NoteType>;
  readonly #places = new Map<string, number>();

  constructor(known: ReadonlyMap<string, NoteType>) {
    this.#known = known;
  }

  placeOf({ form, fields, noteTypeId }: StoredNote): number | undefined {
    if (form === 'imported') {
      const type = this.#known.get(noteTypeId ?? '');
      return type && this.#place(noteTypeId ?? '', type);
    }
    const key = form === 'cloze' ? 'cloze' : fields[2] === 'both' ? 'both' : 'basic';
    return this.#place(key, OUT_TYPES[key]);
  }

  #place(key: string, type: OutNoteType): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    // Two types of one name would become one in Anki.
    const taken = this.list.filter(
      ({ name }) => name === type.name || name.startsWith(`${type.name} (`),
    ).length;
    const place = this.list.push(taken > 0 ? { ...type, name: `${type.name} (${taken + 1})` } : type) - 1;
    this.#places.set(key, place);
    return place;
  }
}

async function scheduleOut(
  store: CardStore,
  entries: readonly { card: StoredCard; guid: string; deck: string }[],
  now: number,
): Promise<{ cards: OutCard[]; grades: OutGrade[] }> {
  const { retention } = await store.findSettings();
  const refs = entries.map(({ card }) => refOf(card));
  const history = Map.groupBy(standing(await store.listGradesOf(refs)), ({ card }) => card);
  const cards = entries.map(({ card, guid, deck }): OutCard => ({
    key: refOf(card),
    guid,
    deck,
    ord: card.ord,
    suspended: card.suspendedAt !== null,
    schedule:
      card.schedule === null || card.dueAt === null
        ? null
        : {
            dueAt: card.dueAt,
            interval: card.schedule.interval,
            stability: card.schedule.stability,
            difficulty: card.schedule.difficulty,
            reps: card.schedule.reps,
            lapses: card.schedule.lapses,
            last: card.schedule.last ?? now,
            retention,
          },
  }));
  const grades = entries.flatMap(({ card }) =>
    toOutGrades(history.get(refOf(card)) ?? [], card.base, retention),
  );
  return { cards, grades };
}

function toOutGrades(grades: readonly StoredGrade[], base: ReviewCard | null, retention: number): OutGrade[] {
  let known = base;
  return [...grades]
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ card, at, grade, ms }) => {
      const before = known?.interval ?? null;
      const given = grade as OutGrade['grade'];
      known = gradeCard(known, at, given, retention).card;
      return { card, at, grade: given, interval: known.interval, before, difficulty: known.difficulty, ms };
    });
}
