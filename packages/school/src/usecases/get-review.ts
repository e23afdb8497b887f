import { gatherCards, type CardQueue } from '../cards/gather-cards.ts';
import { showCards } from '../cards/show-cards.ts';
import type { GetReview, ReviewProgress, Undoable } from '../cards/views.ts';
import { startOfDay } from '../cards/day.ts';
import { closeOverdue } from '../issuing/close-overdue.ts';
import { openReview } from '../issuing/open-review.ts';
import { reviewsDue } from '../present/reviews-due.ts';
import type { School } from '../school.ts';
import { actOn, type LearnerReader } from '../store/act-on.ts';
import { createCardStore, type CardStore } from '../store/cards/card-store.ts';
import { refuseIfCheckOpen, type CheckOpen } from './refusals.ts';

/** Cards between two questions at most, so that skills come early in a long session. */
const CARDS_BETWEEN = 5;

/**
 * What comes next in today's one queue: a card, or an item on a skill that is due, the two mixed. Asking again changes nothing: the same
 * card or the same item comes until it is answered.
 */
export async function getReview(school: School, learnerId: string): Promise<GetReview | CheckOpen> {
  return actOn(school, learnerId, async (tx): Promise<GetReview | CheckOpen> => {
    await closeOverdue(school, tx);
    const refusal = refuseIfCheckOpen(tx.state);
    if (refusal) return refusal;
    const store = createCardStore(tx.queries, learnerId);
    const queue = await gatherCards(school, store, tx.state, tx.now);
    const skills = reviewsDue(school.graph, tx.state, tx.now);
    const answers = reviewsOfToday(tx);
    const progress = progressOf(queue, answers, skills.skills);
    const undo = lastUndoable(queue);

    if (isItemsTurn(queue, answers, skills.skills)) {
      const opened = await openReview(school, tx);
      if (opened.outcome === 'open') return { outcome: 'item', review: opened.review, progress, undo };
      // Nothing fresh to ask: the cards go on, and the skill waits until there is.
    }
    const { retention } = queue.settings;
    for (const card of queue.cards) {
      const [shown] = await showCards(school, store, [card], { now: tx.now, retention });
      if (shown) return { outcome: 'card', card: shown, progress, undo, retention };
    }
    return {
      outcome: 'none',
      progress: { ...progress, left: 0 },
      undo,
      nextAt: await nextTime(store, skills.nextAt),
      heldBack: queue.heldBack,
      settings: queue.settings,
    };
  });
}

/** Answers of today to reviews: when, and whether right. Only the newest of a skill are remembered, which is enough for a day. */
function reviewsOfToday({ state, now }: LearnerReader): { at: number; recalled: boolean }[] {
  return Object.values(state.skills)
    .flatMap(({ recent }) => recent)
    .filter(({ place, at }) => place === 'review' && at >= startOfDay(now))
    .map(({ at, outcome }) => ({ at, recalled: outcome === 'correct' }));
}

function progressOf(
  { cards, today }: CardQueue,
  answers: readonly { at: number; recalled: boolean }[],
  skills: number,
): ReviewProgress {
  const graded = today.map(({ at, grade }) => ({ at, recalled: grade > 1 }));
  const done = [...graded, ...answers].sort((a, b) => a.at - b.at).map(({ recalled }) => recalled);
  return { done, left: cards.length + skills };
}

function isItemsTurn(
  { cards, today }: CardQueue,
  answers: readonly { at: number }[],
  skills: number,
): boolean {
  if (skills === 0) return false;
  if (cards.length === 0) return true;
  const last = Math.max(0, ...answers.map(({ at }) => at));
  const since = today.filter(({ at }) => at > last).length;
  return since >= Math.min(CARDS_BETWEEN, Math.max(1, Math.floor(cards.length / skills)));
}

/** The grade that can be taken back: the last one of today. */
function lastUndoable({ today }: CardQueue): Undoable | null {
  const last = today.at(-1);
  return last === undefined ? null : { id: last.id, card: last.card };
}

async function nextTime(store: CardStore, skill: number | null): Promise<number | null> {
  const [card] = await store.listDueTimes(Number.MAX_SAFE_INTEGER);
  const times = [card, skill].filter((time) => time !== undefined && time !== null);
  return times.length > 0 ? Math.min(...times) : null;
}
