import {
  emptyState,
  foldEvent,
  predictedRecall,
  stateOf,
  type LearnerState,
  type LedgerEvent,
} from '@edirae/engine';
import { wilson } from './wilson.ts';

const DAY = 86_400_000;

/** Longer than this, nobody was at the question all the time: it counts as this much. Milliseconds. */
export const LONGEST_ANSWER = 5 * 60_000;

/** Days since a skill was last shown to be there, from and below. */
const GAPS = [0, 4, 8, 15, 31, 61, Infinity] as const;

/** Reviews whose last evidence lay between `from` and `to` days back. */
export interface RetentionBin {
  from: number;
  /** Null: and more. */
  to: number | null;
  n: number;
  /** Mean of the recall that was predicted just before each, 0 to 1. */
  predicted: number;
  /** Share that was right, with its 95% interval. */
  recalled: number;
  low: number;
  high: number;
}

/** One day in UTC. */
export interface StudyDay {
  /** Midnight it began at. */
  day: number;
  /** Reviews of skills answered, and those that were right. */
  reviews: number;
  right: number;
  /** Answers in any place, and the time at them. Milliseconds. */
  answers: number;
  ms: number;
  /** Skills at the end of the day: proven (Knows, Demonstrated and beyond), and of those Retained or Applied. */
  proven: number;
  kept: number;
}

export interface StudyNumbers {
  retention: RetentionBin[];
  /** Every day with an answer or with a change of the counts, in order. */
  days: StudyDay[];
  time: {
    ms: number;
    /** Answers that are counted, those of them that were cut to the longest, and those without a measured time. */
    answers: number;
    cut: number;
    unmeasured: number;
  };
}

/** Adds up a ledger as it is read: nothing here is stored, and a replay gives the same. */
export function createStudyNumbers(): {
  fold(events: readonly LedgerEvent[]): void;
  numbers(): StudyNumbers;
} {
  let state: LearnerState = emptyState();
  const days = new Map<number, StudyDay>();
  const bins = GAPS.slice(0, -1).map((from, n) => ({
    from,
    to: GAPS[n + 1] ?? Infinity,
    n: 0,
    sum: 0,
    right: 0,
  }));
  const time = { ms: 0, answers: 0, cut: 0, unmeasured: 0 };

  const countDay = (at: number, state: LearnerState): StudyDay => {
    const day = Math.floor(at / DAY) * DAY;
    const known = days.get(day) ?? { day, reviews: 0, right: 0, answers: 0, ms: 0, proven: 0, kept: 0 };
    days.set(day, known);
    const states = Object.values(state.skills).map((record) => stateOf(record));
    known.kept = states.filter((one) => one === 'retained' || one === 'applied').length;
    known.proven = states.filter((one) => one === 'knows' || one === 'demonstrated').length + known.kept;
    return known;
  };

  const countReview = ({ skill, outcome }: Attempt, at: number): void => {
    const record = state.skills[skill];
    const predicted = predictedRecall(record, at);
    const last = record?.review?.card.last ?? null;
    if (predicted === null || last === null) return;
    const gap = Math.max(0, at - last) / DAY;
    const bin = bins.find(({ from, to }) => gap >= from && gap < to);
    if (!bin) return;
    bin.n += 1;
    bin.sum += predicted;
    if (outcome === 'correct') bin.right += 1;
  };

  return {
    fold(events) {
      for (const event of events) {
        const said = unwrap(event);
        if (said?.attempt.place === 'review') countReview(said.attempt, said.at);
        state = foldEvent(state, event);
        if (!said) {
          if (COUNTING.includes(event.type)) countDay(event.at, state);
          continue;
        }
        const day = countDay(said.at, state);
        const { attempt } = said;
        day.answers += 1;
        if (attempt.place === 'review') {
          day.reviews += 1;
          if (attempt.outcome === 'correct') day.right += 1;
        }
        if (attempt.ms === null || attempt.ms === undefined) time.unmeasured += 1;
        else {
          const ms = Math.min(Math.max(0, attempt.ms), LONGEST_ANSWER);
          if (attempt.ms > LONGEST_ANSWER) time.cut += 1;
          time.answers += 1;
          time.ms += ms;
          day.ms += ms;
        }
      }
    },
    numbers: () => ({
      retention: bins.flatMap(({ from, to, n, sum, right }) =>
        n === 0
          ? []
          : [
              {
                from,
                to: to === Infinity ? null : to,
                n,
                predicted: sum / n,
                recalled: right / n,
                ...wilson(right, n),
              },
            ],
      ),
      days: [...days.values()].sort((a, b) => a.day - b.day),
      time,
    }),
  };
}

/** Events besides answers after which a skill may stand elsewhere. */
const COUNTING: readonly LedgerEvent['type'][] = [
  'check-ended',
  'retained',
  'applied',
  'item-retracted',
  'adopted',
];

type Attempt = Extract<LedgerEvent, { type: 'attempt' }>['body'];

/** The answer that an event tells of, a guest's that was adopted too, and when it was given. */
function unwrap(event: LedgerEvent): { attempt: Attempt; at: number } | null {
  if (event.type === 'attempt') return { attempt: event.body, at: event.at };
  if (event.type === 'adopted' && event.body.type === 'attempt')
    return { attempt: event.body.body as Attempt, at: event.body.at };
  return null;
}
