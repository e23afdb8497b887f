import { foldGrades, type CardGrade } from '@edirae/engine';
import type { CardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import { standing, type StoredGrade } from '../store/cards/grades.ts';

/** Writes the schedule that follows from all standing grades of these cards, and gives the cards as they are then. */
export async function refold(
  store: CardStore,
  cards: readonly StoredCard[],
  retention: number,
): Promise<StoredCard[]> {
  const grades = Map.groupBy(await store.listGradesOf(cards.map(refOf)), ({ card }) => card);
  const folded: StoredCard[] = [];
  for (const card of cards) {
    const schedule = foldGrades(toGrades(grades.get(refOf(card)) ?? []), retention, card.base ?? undefined);
    const next = {
      ...card,
      schedule: schedule?.card ?? null,
      dueAt: schedule?.dueAt ?? null,
      lapses: schedule?.card.lapses ?? 0,
    };
    await store.updateSchedule(card.id, next);
    folded.push(next);
  }
  return folded;
}

export function toGrades(grades: readonly StoredGrade[]): CardGrade[] {
  return standing(grades).map(({ id, at, grade }) => ({ id, at, grade: grade as CardGrade['grade'] }));
}
