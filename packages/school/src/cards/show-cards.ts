import { decodeName, renderTemplate } from '@edirae/anki';
import { renderForeign, renderMarkdown } from '@edirae/curriculum';
import {
  ASK_AGAIN_AFTER,
  gradeCard,
  isLeech,
  recallOf,
  type ReviewCard,
  type ReviewGrade,
} from '@edirae/engine';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { CardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import type { NoteType, StoredNote } from '../store/cards/notes.ts';
import { findContentCard } from './content-cards.ts';
import { renderOwn } from './own-card.ts';
import type { CardView } from './views.ts';

const GRADES: readonly ReviewGrade[] = [1, 2, 3, 4];

/** Cards as a page shows them. Those whose content or note is gone are left out. */
export async function showCards(
  school: School,
  store: CardStore,
  cards: readonly StoredCard[],
  { now, retention }: { now: number; retention: number },
): Promise<CardView[]> {
  const notes = await notesOf(store, cards);
  const decks = new Map((await store.listDecks()).map((deck) => [deck.id, deck.name]));
  const imported = [...notes.values()].some(({ form }) => form === 'imported');
  const types = imported ? await store.listNoteTypes() : new Map<string, NoteType>();
  const names = imported ? await store.listMediaNames() : new Map<string, string>();
  return cards.flatMap((card) => {
    const note = card.noteId === null ? undefined : notes.get(card.noteId);
    const content = card.content === null ? undefined : findContentCard(school.curriculum, card.content);
    const sides = content
      ? { front: renderMarkdown(content.front), back: renderMarkdown(content.back) }
      : note && renderNote(note, card, { types, names, deck: decks.get(card.deckId) ?? '' });
    if (!sides) return [];
    const skill = content?.skill.id ?? note?.skill ?? null;
    return [
      {
        ref: refOf(card),
        ...sides,
        deck: content ? content.skill.title : (decks.get(card.deckId) ?? ''),
        skill: skill === null ? null : { id: skill, title: skillTitle(school, skill) },
        note: card.noteId,
        tags: note?.tags ?? [],
        isNew: card.schedule === null,
        dueAt: card.dueAt,
        lapses: card.lapses,
        leech: card.schedule !== null && isLeech(card.schedule),
        suspended: card.suspendedAt !== null,
        buried: card.buriedUntil > now,
        recall: card.schedule === null ? null : recallOf(card.schedule, now),
        interval: card.schedule?.interval ?? null,
        ...nextTimes(card.schedule, now, retention),
      },
    ];
  });
}

async function notesOf(store: CardStore, cards: readonly StoredCard[]): Promise<Map<string, StoredNote>> {
  const ids = [...new Set(cards.flatMap(({ noteId }) => noteId ?? []))];
  return new Map((await store.findNotes(ids)).map((note) => [note.id, note]));
}

interface Around {
  types: ReadonlyMap<string, NoteType>;
  names: ReadonlyMap<string, string>;
  deck: string;
}

function renderNote(
  note: StoredNote,
  { ord }: StoredCard,
  { types, names, deck }: Around,
): { front: string; back: string } | undefined {
  if (note.form !== 'imported') return renderOwn(note, ord);
  const type = types.get(note.noteTypeId ?? '');
  const template = type?.templates[type.cloze ? 0 : ord];
  if (!type || !template) return undefined;
  const input = {
    front: template.front,
    back: template.back,
    fields: new Map(type.fields.map((name, n) => [name, note.fields[n] ?? ''])),
    cloze: type.cloze,
    ord,
    tags: note.tags,
    deck,
    noteType: type.name,
    template: template.name,
  };
  const media = {
    address: (name: string) => {
      const hash = names.get(decodeName(name));
      return hash === undefined ? undefined : `/media/${hash}`;
    },
  };
  return {
    front: renderForeign(renderTemplate(input, 'front'), media),
    back: renderForeign(renderTemplate(input, 'back'), media),
  };
}

/** When it would be asked next, by grade; and by a second grade, where the first is *again*. */
function nextTimes(
  schedule: ReviewCard | null,
  now: number,
  retention: number,
): Pick<CardView, 'next' | 'afterAgain'> {
  const after = (card: ReviewCard | null, at: number): number[] =>
    GRADES.map((grade) => gradeCard(card, at, grade, retention).dueAt);
  const again = gradeCard(schedule, now, 1, retention);
  return { next: after(schedule, now), afterAgain: after(again.card, now + ASK_AGAIN_AFTER) };
}
