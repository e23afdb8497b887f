import { difficultyOf, type AnkiCard, type AnkiGrade } from '@edirae/anki';
import { adoptCard, foldGrades, type ReviewCard } from '@edirae/engine';
import type { CardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import type { StoredGrade } from '../store/cards/grades.ts';
import { DAY_MS } from './day.ts';
import { refold, toGrades } from './refold.ts';

/** Two grades of a card within this many milliseconds are the same one: Anki moves a grade by one where two were given at once. */
const SAME_GRADE_MS = 1_000;
/** Longer than this nobody looks at a card. */
const LONGEST_LOOK_MS = 60_000;

/** Grades of a package by card. Cards have to be asked for in the order of their ids, which is the order that grades come in. */
export function gradesByCard(grades: Iterable<AnkiGrade>): (card: number) => AnkiGrade[] {
  const all = grades[Symbol.iterator]();
  let next = all.next();
  return (card) => {
    const own: AnkiGrade[] = [];
    while (!next.done && next.value.card <= card) {
      if (next.value.card === card) own.push(next.value);
      next = all.next();
    }
    return own;
  };
}

/** A card's grades as rows of the log, those that were given after now left out. */
export function toRows(card: StoredCard, grades: readonly AnkiGrade[], now: number): StoredGrade[] {
  return grades
    .filter(({ id }) => id > 0 && id <= now + DAY_MS)
    .map(({ id, grade, ms }) => ({
      id: `anki:${refOf(card)}:${id}`,
      card: refOf(card),
      at: Math.min(id, now),
      receivedAt: now,
      grade,
      undoes: null,
      ms: Math.min(LONGEST_LOOK_MS, ms),
      recall: null,
      origin: 'import',
    }));
}

/** A new card with the schedule that follows from its grades; where a package brings a schedule without grades, from what that says. */
export function scheduled(
  card: StoredCard,
  from: AnkiCard,
  rows: readonly StoredGrade[],
  retention: number,
): StoredCard {
  const base = rows.length === 0 ? baseOf(from) : null;
  const folded = foldGrades(toGrades(rows), retention, base ?? undefined);
  if (folded === null) return card;
  return { ...card, base, schedule: folded.card, dueAt: folded.dueAt, lapses: folded.card.lapses };
}

/** Adds what is not there yet to the logs of cards that were here before. @returns how many grades were new */
export async function addGrades(
  store: CardStore,
  cards: readonly { card: StoredCard; rows: readonly StoredGrade[] }[],
  retention: number,
): Promise<number> {
  const known = Map.groupBy(
    await store.listGradesOf(cards.map(({ card }) => refOf(card))),
    ({ card }) => card,
  );
  const fresh = cards.map(({ card, rows }) => ({
    card,
    rows: rows.filter(
      (row) => !known.get(refOf(card))?.some(({ at }) => Math.abs(at - row.at) < SAME_GRADE_MS),
    ),
  }));
  const added = await store.insertGrades(fresh.flatMap(({ rows }) => rows));
  await refold(
    store,
    fresh.flatMap(({ card, rows }) => (rows.length > 0 ? [card] : [])),
    retention,
  );
  return added.size;
}

function baseOf({ type, interval, ease, dueAt, reps, lapses, memory }: AnkiCard): ReviewCard | null {
  if (type === 0 || dueAt === null || interval < 1 || dueAt < DAY_MS) return null;
  return adoptCard({
    // SM-2's interval aims at about nine in ten, which is what FSRS calls stability.
    stability: memory?.stability ?? interval,
    difficulty: memory?.difficulty ?? difficultyOf(ease),
    interval,
    last: dueAt - interval * DAY_MS,
    reps: Math.max(1, reps),
    lapses,
  });
}
