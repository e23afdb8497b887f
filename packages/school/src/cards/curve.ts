import { gradeCard, recallOf, type ReviewCard, type ReviewGrade } from '@edirae/engine';
import type { StoredGrade } from '../store/cards/grades.ts';

/** One review of a card, as a retention curve draws it. */
export interface CurveStep {
  at: number;
  grade: ReviewGrade;
  /** Recall predicted just before; null at the first. */
  before: number | null;
  /** Days: recall falls to 90% in about this time. */
  stability: number;
}

/** What each grade did to what FSRS remembers, by time. */
export function foldSteps(grades: readonly StoredGrade[], base: ReviewCard | null): CurveStep[] {
  let card = base;
  return [...grades]
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ at, grade }) => {
      const before = card === null ? null : recallOf(card, at);
      card = gradeCard(card, at, grade as ReviewGrade, 0.9).card;
      return { at, grade: grade as ReviewGrade, before, stability: card.stability };
    });
}
