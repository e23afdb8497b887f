import { recallOf } from '@edirae/engine';
import { refold } from '../cards/refold.ts';
import { withRows } from '../cards/with-rows.ts';
import type { RateLimited } from '../rate-limit.ts';
import type { School } from '../school.ts';
import { actOn } from '../store/act-on.ts';
import { createCardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import type { StoredGrade } from '../store/cards/grades.ts';

/** One grade, or the taking back of one, as a device sends it. */
export interface SentGrade {
  /** Chosen by the device: sent twice, it counts once. */
  id: string;
  /** What the card is called. */
  card: string;
  /** 1 again to 4 easy; left out where `undoes` is given. */
  grade?: 1 | 2 | 3 | 4 | undefined;
  /** The id of the grade that is taken back. */
  undoes?: string | undefined;
  /** Epoch ms by the device's clock; left out: now. It serves the schedule alone. */
  at?: number | undefined;
  /** Milliseconds taken. */
  ms?: number | undefined;
}

export interface GradedCards {
  outcome: 'merged';
  /** Ids that are in the log now, those that were there before included: a device may forget them. */
  kept: string[];
  /** Of these, how many were new. */
  added: number;
  /** What cannot be kept, ever: sending it again is of no use. */
  refused: { id: string; why: string }[];
}

const MINUTE = 60_000;
/** A device's clock may run ahead so much; beyond, its time is taken to be now. */
const AHEAD = 5 * MINUTE;
/** Nobody was offline for longer; an earlier time is a clock that was never set. */
const OLDEST = 366 * 24 * 60 * MINUTE;
/** Longer than this nobody looks at a card: the person went away. */
const LONGEST_LOOK = MINUTE;

/**
 * Adds grades to the log, each once, and lets the schedules follow from all grades of a card in the order of their times. So it does not
 * matter in which order devices come back, or how often they send the same. Cards are memory: nothing of it reaches the ledger.
 */
export async function gradeCards(
  school: School,
  learnerId: string,
  sent: readonly SentGrade[],
  origin: 'page' | 'offline' = 'page',
): Promise<GradedCards | RateLimited> {
  const limited = await school.limiter.take('cards', learnerId, school.clock());
  if (limited) return limited;
  return actOn(school, learnerId, async (tx): Promise<GradedCards> => {
    const store = createCardStore(tx.queries, learnerId);
    const now = school.clock();
    const cards = await withRows(
      school,
      store,
      sent.map(({ card }) => card),
      now,
    );
    const refused: GradedCards['refused'] = [];
    const grades: StoredGrade[] = [];
    for (const one of sent) {
      const card = cards.get(one.card);
      if (!card) refused.push({ id: one.id, why: 'The card is not there any more.' });
      else if (one.grade === undefined && one.undoes === undefined)
        refused.push({ id: one.id, why: 'It says neither a grade nor what is taken back.' });
      else grades.push(toStored(one, card, now, origin));
    }
    const added = await store.insertGrades(grades);
    const touched = new Set(grades.filter(({ id }) => added.has(id)).map(({ card }) => card));
    const { retention } = await store.findSettings();
    await refold(
      store,
      [...touched].flatMap((ref) => cards.get(ref) ?? []),
      retention,
    );
    return { outcome: 'merged', kept: grades.map(({ id }) => id), added: added.size, refused };
  });
}

function toStored(sent: SentGrade, card: StoredCard, now: number, origin: 'page' | 'offline'): StoredGrade {
  const said = sent.at ?? now;
  const at = said > now + AHEAD || said < now - OLDEST ? now : Math.round(said);
  const undoes = sent.undoes ?? null;
  return {
    // The same grade taken back twice is taken back once, whoever says it.
    id: undoes === null ? sent.id : `undo:${undoes}`.slice(0, 200),
    card: refOf(card),
    at,
    receivedAt: now,
    grade: undoes === null ? (sent.grade ?? 1) : 0,
    undoes,
    ms: sent.ms === undefined ? null : Math.min(LONGEST_LOOK, Math.max(0, Math.round(sent.ms))),
    recall: card.schedule === null ? null : recallOf(card.schedule, at),
    origin,
  };
}
