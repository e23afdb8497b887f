import { addNotes, formOf, type NoteDraft } from '../cards/add-notes.ts';
import { CsvError, parseCsv, type CsvCard } from '../cards/csv.ts';
import { deckName, type Imported } from '../cards/import-collection.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore, type CardStore } from '../store/cards/card-store.ts';

export type ImportCsv =
  ({ outcome: 'imported' } & Imported) | { outcome: 'refused'; why: string } | RateLimited;

/** Takes a table of cards over. A row that a deck holds already is left out, so that a file taken twice is there once. */
export async function importCsv(
  school: School,
  learnerId: string,
  { text, deck }: { text: string; deck: string },
): Promise<ImportCsv> {
  const limited = await school.limiter.take('import', learnerId, school.clock());
  if (limited) return limited;
  let rows: CsvCard[];
  try {
    rows = parseCsv(text);
  } catch (error) {
    if (error instanceof CsvError) return { outcome: 'refused', why: error.message };
    throw error;
  }
  if (rows.length === 0) return { outcome: 'refused', why: 'It holds no card: a row is a front and a back.' };
  return actOn(school, learnerId, async (tx) => {
    const store = createCardStore(tx.queries, learnerId);
    const decks = new Map(
      (await store.listDecks()).flatMap((one) => (one.skill === null ? [[one.name, one.id]] : [])),
    );
    const drafts: NoteDraft[] = [];
    const held = new Map<string, Set<string>>();
    let known = 0;
    for (const row of rows) {
      const name = deckName(row.deck || deck);
      let deckId = decks.get(name);
      if (deckId === undefined) {
        deckId = school.newId();
        await store.insertDeck({ id: deckId, skill: null, name, studied: null, createdAt: tx.now });
        decks.set(name, deckId);
      }
      const texts = held.get(deckId) ?? (await textsOf(store, deckId));
      held.set(deckId, texts);
      const key = JSON.stringify([row.front, row.back]);
      if (texts.has(key)) {
        known += 1;
        continue;
      }
      texts.add(key);
      drafts.push({
        deckId,
        form: formOf(row.front),
        fields: [row.front, row.back],
        both: false,
        tags: row.tags.slice(0, 50).map((tag) => tag.slice(0, 100)),
        skill: null,
        source: null,
      });
    }
    const notes = await addNotes(school, store, drafts, tx.now);
    const cards = (await store.listCardsOfNotes(notes.map(({ id }) => id))).length;
    return {
      outcome: 'imported' as const,
      notes: rows.length,
      cards: cards + known,
      reviews: 0,
      media: 0,
      decks: held.size,
      added: { notes: notes.length, cards, reviews: 0 },
      skipped: [],
    };
  });
}

async function textsOf(store: CardStore, deckId: string): Promise<Set<string>> {
  const cards = await store.listCardsOfDecks([deckId]);
  const notes = await store.findNotes([...new Set(cards.flatMap(({ noteId }) => noteId ?? []))]);
  return new Set(notes.map(({ fields }) => JSON.stringify([fields[0] ?? '', fields[1] ?? ''])));
}
