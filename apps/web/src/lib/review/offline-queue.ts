import type { CardView, ReviewPack } from '@edirae/school';

/** A grade that waits on this device. */
export interface WaitingGrade {
  id: string;
  learnerId: string;
  card: string;
  /** Left out where `undoes` is given. */
  grade?: 1 | 2 | 3 | 4;
  undoes?: string;
  /** Epoch ms by this device's clock. */
  at: number;
  ms?: number;
}

/** A card with the dates that its next grade would lead to. */
export interface OfflineCard {
  card: CardView;
  next: readonly number[];
}

const ASK_AGAIN_AFTER = 10 * 60_000;

/** Grades that stand: without what was taken back here. */
export function standingGrades(waiting: readonly WaitingGrade[]): WaitingGrade[] {
  const undone = new Set(waiting.flatMap(({ undoes }) => undoes ?? []));
  return waiting.filter(({ id, grade }) => grade !== undefined && !undone.has(id));
}

/**
 * What is asked next without a server: cards of the pack that were due when it was made or have fallen due since, in its order, and again
 * after ten minutes what was not recalled; before those ten minutes have passed only where nothing else is left.
 */
export function nextOffline(
  pack: ReviewPack,
  waiting: readonly WaitingGrade[],
  now: number,
): { current: OfflineCard | null; left: number; done: boolean[] } {
  const grades = standingGrades(waiting).filter(({ learnerId }) => learnerId === pack.learnerId);
  const last = new Map(grades.map((grade) => [grade.card, grade]));
  const open = pack.cards.filter(({ ref, from }) => !last.has(ref) && from <= now);
  const again = pack.cards
    .filter(({ ref }) => last.get(ref)?.grade === 1)
    .sort((a, b) => (last.get(a.ref)?.at ?? 0) - (last.get(b.ref)?.at ?? 0));
  const ripe = again.find(({ ref }) => (last.get(ref)?.at ?? 0) + ASK_AGAIN_AFTER <= now);
  const card = ripe ?? open[0] ?? again[0];
  return {
    current: card === undefined ? null : { card, next: datesOf(card, last.has(card.ref), now, pack.madeAt) },
    left: open.length + again.length,
    done: grades.map(({ grade }) => (grade ?? 1) > 1),
  };
}

/** The dates were counted when the pack was made: the same intervals from now. */
function datesOf(card: CardView, graded: boolean, now: number, madeAt: number): number[] {
  const from = graded ? madeAt + ASK_AGAIN_AFTER : madeAt;
  return (graded ? card.afterAgain : card.next).map((at) => now + Math.max(60_000, at - from));
}

/** The grade that can be taken back here: the last one that waits. It then never leaves this device. */
export function lastWaiting(waiting: readonly WaitingGrade[], learnerId: string): WaitingGrade | undefined {
  return standingGrades(waiting).findLast((grade) => grade.learnerId === learnerId);
}
