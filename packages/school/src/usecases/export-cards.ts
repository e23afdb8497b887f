import { writePackage } from '@edirae/anki';
import { writeFile } from 'node:fs/promises';
import { gatherContent, gatherOwn, type OutDeck } from '../cards/gather-out.ts';
import { writeCsv, type CsvCard } from '../cards/csv.ts';
import { listContentCardsOf, skillOfDeck } from '../cards/content-cards.ts';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import { createCardStore, type CardStore } from '../store/cards/card-store.ts';
import type { StoredDeck } from '../store/cards/decks.ts';
import type { NotFound } from './refusals.ts';

export type ExportCards =
  | {
      outcome: 'exported';
      /** Of the deck. */
      name: string;
      notes: number;
      cards: number;
      reviews: number;
      media: number;
      decks: number;
    }
  | NotFound;

/**
 * Writes a deck with its parts to a file: as a package that Anki opens, schedules, history and media included; or as a table of fronts and
 * backs, without them. @param deck a deck's id or full name, `skill:` and a skill's id for a deck of the content, or `all` for all of the learner's own
 */
export async function exportCards(
  school: School,
  learnerId: string,
  deck: string,
  to: { file: string; form: 'apkg' | 'csv' },
): Promise<ExportCards> {
  const { now } = await readLearner(school, learnerId);
  const store = createCardStore(school.db, learnerId);
  const skill = skillOfDeck(deck);
  const found = skill === undefined ? await findOwn(store, deck) : undefined;
  if (to.form === 'csv') {
    const cards =
      skill === undefined ? found && (await ownRows(store, found.decks)) : contentRows(school, skill);
    if (cards === undefined) return { outcome: 'not-found' };
    await writeFile(to.file, writeCsv(cards), { mode: 0o600 });
    const counts = { notes: cards.length, cards: cards.length, reviews: 0, media: 0, decks: 1 };
    return { outcome: 'exported', name: found?.name ?? titleOf(school, skill), ...counts };
  }
  const names = new Map(found?.decks.map(({ id, name }) => [id, name]));
  const gathered =
    skill === undefined
      ? found && (await gatherOwn(store, names, now))
      : await gatherContent(school, store, skill, now);
  if (!gathered) return { outcome: 'not-found' };
  const { out } = gathered;
  let media = 0;
  const files = (async function* () {
    for await (const file of readMedia(store, gathered)) {
      media += 1;
      yield file;
    }
  })();
  await writePackage(to.file, out, files, school.config.dataDir);
  return {
    outcome: 'exported',
    name: found?.name ?? titleOf(school, skill),
    notes: out.notes.length,
    cards: out.cards.length,
    reviews: out.grades.length,
    media,
    decks: out.decks.length,
  };
}

function titleOf(school: School, skill: string | undefined): string {
  return school.curriculum.skills.get(skill ?? '')?.title ?? '';
}

/** A deck and its parts. */
async function findOwn(
  store: CardStore,
  deck: string,
): Promise<{ name: string; decks: StoredDeck[] } | undefined> {
  const own = (await store.listDecks()).filter(({ skill }) => skill === null);
  if (deck === 'all') return own.length === 0 ? undefined : { name: 'All decks', decks: own };
  const found = own.find(({ id, name }) => id === deck || name === deck);
  return (
    found && {
      name: found.name,
      decks: own.filter(({ name }) => name === found.name || name.startsWith(`${found.name}::`)),
    }
  );
}

async function* readMedia(
  store: CardStore,
  { media }: OutDeck,
): AsyncGenerator<{ name: string; data: Uint8Array }> {
  const names = await store.listMediaNames();
  for (const name of media) {
    const hash = names.get(name);
    const file = hash === undefined ? undefined : await store.findMediaFile(hash);
    if (file) yield { name, data: file.data };
  }
}

async function ownRows(store: CardStore, decks: readonly StoredDeck[]): Promise<CsvCard[]> {
  const names = new Map(decks.map(({ id, name }) => [id, name]));
  const cards = await store.listCardsOfDecks([...names.keys()]);
  const deckOf = new Map(cards.map(({ noteId, deckId }) => [noteId, names.get(deckId) ?? '']));
  const notes = await store.findNotes([...new Set(cards.flatMap(({ noteId }) => noteId ?? []))]);
  return notes.map(({ id, fields, tags }) => ({
    front: fields[0] ?? '',
    back: fields[1] ?? '',
    tags,
    deck: deckOf.get(id) ?? '',
  }));
}

function contentRows(school: School, skillId: string): CsvCard[] | undefined {
  const skill = school.curriculum.skills.get(skillId);
  return (
    skill &&
    listContentCardsOf(skill).map(({ front, back }) => ({
      front,
      back,
      tags: [`edirae::${skillId}`],
      deck: skill.title,
    }))
  );
}
