import type { ReviewSettings } from '../store/cards/review-settings.ts';
import type { ReviewView } from '../views.ts';

/** One flashcard on a page. Front and back are safe HTML. */
export interface CardView {
  /** What it is called when it is graded. */
  ref: string;
  front: string;
  back: string;
  /** Name of its deck; of its skill, for a card of the content. */
  deck: string;
  /** Whose lesson it comes from. */
  skill: { id: string; title: string } | null;
  /** The learner's own note behind it; null for a card of the content. */
  note: string | null;
  tags: string[];
  isNew: boolean;
  dueAt: number | null;
  lapses: number;
  /** Forgotten so often that the lesson serves more than another repetition. */
  leech: boolean;
  suspended: boolean;
  buried: boolean;
  /** Recall predicted now, 0 to 1; null for a new card. */
  recall: number | null;
  /** Days. */
  interval: number | null;
  /** When it would be due after again, hard, good and easy: epoch ms. */
  next: number[];
  /** The same after a second grade, ten minutes after *again*. */
  afterAgain: number[];
}

/** How far a day's review has come. */
export interface ReviewProgress {
  /** Of today: in order, whether each was recalled. */
  done: boolean[];
  left: number;
}

/** The grade that can be taken back. */
export interface Undoable {
  id: string;
  card: string;
}

export type GetReview =
  | { outcome: 'card'; card: CardView; progress: ReviewProgress; undo: Undoable | null; retention: number }
  | { outcome: 'item'; review: ReviewView; progress: ReviewProgress; undo: Undoable | null }
  | {
      outcome: 'none';
      progress: ReviewProgress;
      undo: Undoable | null;
      /** When something is due next; null: nothing is scheduled. */
      nextAt: number | null;
      heldBack: { due: number; fresh: number };
      settings: ReviewSettings;
    };

/** What a device keeps to go on without a connection. */
export interface ReviewPack {
  learnerId: string;
  madeAt: number;
  retention: number;
  /** Due now or within {@link PACK_DAYS} days, in the order they are asked. */
  cards: (CardView & { from: number })[];
  /** Skills due, which need the server. */
  items: number;
}

export const PACK_DAYS = 3;
