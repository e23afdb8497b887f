import type { Queries } from '../transaction.ts';
import * as cards from './cards.ts';
import * as decks from './decks.ts';
import { findListedCards, type CardFilter } from './find-listed.ts';
import * as grades from './grades.ts';
import * as media from './media.ts';
import * as notes from './notes.ts';
import * as settings from './review-settings.ts';

/** One learner's flashcards: whatever is asked through it, another learner's cannot come back. */
export type CardStore = ReturnType<typeof createCardStore>;

/** Binds the functions of the store to a learner and to a database or transaction. */
export function createCardStore(db: Queries, learnerId: string) {
  return {
    insertCards: (list: readonly cards.StoredCard[]) => cards.insertCards(db, learnerId, list),
    findCards: (refs: readonly string[]) => cards.findCards(db, learnerId, refs),
    listDueCards: (now: number, limit: number) => cards.listDueCards(db, learnerId, now, limit),
    countDueCards: (now: number) => cards.countDueCards(db, learnerId, now),
    listNewCards: (asked: Parameters<typeof cards.listNewCards>[2]) =>
      cards.listNewCards(db, learnerId, asked),
    listDueTimes: (until: number) => cards.listDueTimes(db, learnerId, until),
    listContentCards: () => cards.listContentCards(db, learnerId),
    listCardsOfNotes: (ids: readonly string[]) => cards.listCardsOfNotes(db, learnerId, ids),
    listCardsOfDecks: (ids: readonly string[]) => cards.listCardsOfDecks(db, learnerId, ids),
    listScheduledCards: () => cards.listScheduledCards(db, learnerId),
    updateSchedule: (id: string, schedule: Parameters<typeof cards.updateSchedule>[3]) =>
      cards.updateSchedule(db, learnerId, id, schedule),
    changeCards: (ids: readonly string[], change: cards.CardChange) =>
      cards.changeCards(db, learnerId, ids, change),
    deleteCards: (ids: readonly string[]) => cards.deleteCards(db, learnerId, ids),
    nextPosition: () => cards.nextPosition(db, learnerId),
    countCards: (now: number) => cards.countCards(db, learnerId, now),
    findListedCards: (filter: CardFilter, page: { offset: number; limit: number }) =>
      findListedCards(db, learnerId, filter, page),

    insertGrades: (list: readonly grades.StoredGrade[]) => grades.insertGrades(db, learnerId, list),
    listGradesOf: (refs: readonly string[]) => grades.listGradesOf(db, learnerId, refs),
    listGradesSince: (from: number) => grades.listGradesSince(db, learnerId, from),
    listAllGrades: () => grades.listAllGrades(db, learnerId),
    deleteGradesOf: (refs: readonly string[]) => grades.deleteGradesOf(db, learnerId, refs),

    listDecks: () => decks.listDecks(db, learnerId),
    insertDeck: (deck: decks.StoredDeck) => decks.insertDeck(db, learnerId, deck),
    changeDeck: (id: string, change: { name?: string; studied?: boolean }) =>
      decks.changeDeck(db, learnerId, id, change),
    deleteDeck: (id: string) => decks.deleteDeck(db, learnerId, id),

    insertNotes: (list: readonly notes.StoredNote[]) => notes.insertNotes(db, learnerId, list),
    updateNote: (note: notes.StoredNote) => notes.updateNote(db, learnerId, note),
    findNotes: (ids: readonly string[]) => notes.findNotes(db, learnerId, 'id', ids),
    findNotesByGuid: (guids: readonly string[]) => notes.findNotes(db, learnerId, 'guid', guids),
    deleteNotes: (ids: readonly string[]) => notes.deleteNotes(db, learnerId, ids),
    listNoteTypes: () => notes.listNoteTypes(db, learnerId),
    listNoteTypeHashes: () => notes.listNoteTypeHashes(db, learnerId),
    insertNoteType: (type: Parameters<typeof notes.insertNoteType>[2]) =>
      notes.insertNoteType(db, learnerId, type),

    listMediaNames: () => media.listMediaNames(db, learnerId),
    sumMedia: () => media.sumMedia(db, learnerId),
    listStoredHashes: (hashes: readonly string[]) => media.listStoredHashes(db, hashes),
    insertMediaFile: (file: media.MediaFile) => media.insertMediaFile(db, file),
    nameMedia: (name: string, hash: string) => media.nameMedia(db, learnerId, name, hash),
    findMediaFile: (hash: string) => media.findMediaFile(db, learnerId, hash),

    findSettings: () => settings.findReviewSettings(db, learnerId),
    putSettings: (chosen: settings.ReviewSettings, at: number) =>
      settings.putReviewSettings(db, learnerId, chosen, at),
  };
}
