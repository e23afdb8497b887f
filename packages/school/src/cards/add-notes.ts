import { clozeNumbers } from '@edirae/anki';
import type { School } from '../school.ts';
import type { CardStore } from '../store/cards/card-store.ts';
import type { StoredCard } from '../store/cards/cards.ts';
import type { StoredNote } from '../store/cards/notes.ts';
import { ownOrds, ownSearch } from './own-card.ts';

/** A note as it is written on a page or read from a table. */
export interface NoteDraft {
  deckId: string;
  form: 'basic' | 'cloze';
  /** Front and back; or the text with gaps and more. Markdown. */
  fields: [string, string];
  /** Asked the other way round too. */
  both: boolean;
  tags: string[];
  skill: string | null;
  source: string | null;
}

/** Which form a text asks for: gaps make a cloze. */
export function formOf(front: string): 'basic' | 'cloze' {
  return clozeNumbers(front).length > 0 ? 'cloze' : 'basic';
}

/** Writes new notes with their cards. @returns the notes, in order */
export async function addNotes(
  school: School,
  store: CardStore,
  drafts: readonly NoteDraft[],
  now: number,
): Promise<StoredNote[]> {
  const position = await store.nextPosition();
  const notes = drafts.map((draft): StoredNote => {
    const fields = fieldsOf(draft);
    const id = school.newId();
    return {
      id,
      guid: id,
      noteTypeId: null,
      form: draft.form,
      fields,
      tags: draft.tags,
      skill: draft.skill,
      source: draft.source,
      search: ownSearch(fields, draft.tags),
      createdAt: now,
      changedAt: now,
    };
  });
  await store.insertNotes(notes);
  let n = 0;
  await store.insertCards(
    notes.flatMap((note, i) =>
      ownOrds(note.form === 'cloze' ? 'cloze' : 'basic', note.fields).map((ord) =>
        newCard(school, { note, deckId: drafts[i]?.deckId ?? '', ord, position: position + n++, now }),
      ),
    ),
  );
  return notes;
}

export function fieldsOf({ fields, form, both }: Pick<NoteDraft, 'fields' | 'form' | 'both'>): string[] {
  const plain = fields.map((field) => field.replaceAll('\0', '').trim());
  return form === 'basic' && both ? [...plain, 'both'] : plain;
}

export function newCard(
  school: School,
  {
    note,
    deckId,
    ord,
    position,
    now,
  }: { note: StoredNote; deckId: string; ord: number; position: number; now: number },
): StoredCard {
  return {
    id: school.newId(),
    deckId,
    noteId: note.id,
    content: null,
    ord,
    position,
    base: null,
    schedule: null,
    dueAt: null,
    lapses: 0,
    suspendedAt: null,
    buriedUntil: 0,
    createdAt: now,
  };
}
