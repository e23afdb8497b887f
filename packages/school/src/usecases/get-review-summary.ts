import { isRefreshDue, recallOf } from '@edirae/engine';
import { DAY_MS, startOfDay } from '../cards/day.ts';
import { firstOfDay, recallByWeek, type RecallWeek } from '../cards/recall-by-week.ts';
import { foldSteps, type CurveStep } from '../cards/curve.ts';
import { showCards } from '../cards/show-cards.ts';
import type { CardView } from '../cards/views.ts';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import { readLearner, type LearnerReader } from '../store/act-on.ts';
import { createCardStore, type CardStore } from '../store/cards/card-store.ts';
import { refOf, type StoredCard } from '../store/cards/cards.ts';
import { standing, type StoredGrade } from '../store/cards/grades.ts';

/** A day's review, looked back on, and what comes. */
export interface ReviewSummary {
  today: {
    cards: number;
    recalled: number;
    /** How many the schedule expected to be recalled, of `expectedOf` for which it expected anything. */
    expected: number;
    expectedOf: number;
    recalledOfExpected: number;
    /** New cards among them. */
    fresh: number;
    items: { right: number; wrong: number };
    /** Milliseconds spent looking at cards. */
    ms: number;
  };
  wrong: {
    card: CardView | null;
    skill: { id: string; title: string } | null;
    lastRecalledAt: number | null;
    nextAt: number | null;
  }[];
  refresh: { id: string; title: string }[];
  leeches: CardView[];
  weeks: RecallWeek[];
  /** Cards and skills that fall due on each of the next 30 days; what is overdue stands on the first. */
  load: { from: number; cards: number; skills: number }[];
  /** Milliseconds a card takes this learner; null where too few were graded. */
  msACard: number | null;
  retention: number;
  /** The card of today with the longest history. */
  curve: { front: string; steps: CurveStep[]; stability: number; nextAt: number } | null;
}

const LOAD_DAYS = 30;
const WEEKS = 8;
/** Fewer say little about how long a card takes. */
const ENOUGH = 10;

export async function getReviewSummary(school: School, learnerId: string): Promise<ReviewSummary> {
  const reader = await readLearner(school, learnerId);
  const { state, now } = reader;
  const store = createCardStore(school.db, learnerId);
  const { retention } = await store.findSettings();
  const dayStart = startOfDay(now);
  const recent = standing(await store.listGradesSince(dayStart - WEEKS * 7 * DAY_MS));
  const here = recent.filter(({ origin }) => origin !== 'import');
  const today = here.filter(({ at }) => at >= dayStart);
  const first = firstOfDay(today);
  const expected = first.filter(({ recall }) => recall !== null);
  const cards = new Map(
    (await store.findCards(first.map(({ card }) => card))).map((card) => [refOf(card), card]),
  );
  const show = (list: StoredCard[]) => showCards(school, store, list, { now, retention });
  const timed = here.filter(({ ms }) => ms !== null && ms > 0);
  const answers = itemsOfToday(reader);
  return {
    today: {
      cards: first.length,
      recalled: first.filter(({ grade }) => grade > 1).length,
      expected: expected.reduce((sum, { recall }) => sum + (recall ?? 0), 0),
      expectedOf: expected.length,
      recalledOfExpected: expected.filter(({ grade }) => grade > 1).length,
      fresh: first.length - expected.length,
      items: {
        right: answers.filter(({ right }) => right).length,
        wrong: answers.filter(({ right }) => !right).length,
      },
      ms: today.reduce((sum, { ms }) => sum + (ms ?? 0), 0),
    },
    wrong: [
      ...(await wrongCards(store, first, cards, show)),
      ...answers
        .filter(({ right }) => !right)
        .map(({ skill }) => ({
          card: null,
          skill: { id: skill, title: skillTitle(school, skill) },
          lastRecalledAt: null,
          nextAt: state.skills[skill]?.review?.dueAt ?? null,
        })),
    ],
    refresh: Object.entries(state.skills)
      .filter(([, record]) => isRefreshDue(record, now))
      .map(([id]) => ({ id, title: skillTitle(school, id) })),
    leeches: await show([...cards.values()]).then((views) => views.filter(({ leech }) => leech)),
    weeks: recallByWeek(recent, now, WEEKS),
    load: await forecastLoad(store, reader),
    msACard: timed.length < ENOUGH ? null : timed.reduce((sum, { ms }) => sum + (ms ?? 0), 0) / timed.length,
    retention,
    curve: await longestCurve(store, [...cards.values()], show, now),
  };
}

function itemsOfToday({ state, now }: LearnerReader): { skill: string; right: boolean }[] {
  return Object.entries(state.skills).flatMap(([skill, { recent }]) =>
    recent
      .filter(({ place, at }) => place === 'review' && at >= startOfDay(now))
      .map(({ outcome }) => ({ skill, right: outcome === 'correct' })),
  );
}

async function wrongCards(
  store: CardStore,
  first: readonly StoredGrade[],
  cards: ReadonlyMap<string, StoredCard>,
  show: (list: StoredCard[]) => Promise<CardView[]>,
): Promise<ReviewSummary['wrong']> {
  const missed = first.filter(({ grade }) => grade === 1).flatMap(({ card }) => cards.get(card) ?? []);
  const history = standing(await store.listGradesOf(missed.map(refOf)));
  return (await show(missed)).map((card) => ({
    card,
    skill: card.skill,
    lastRecalledAt:
      history.findLast(
        ({ card: ref, grade, at }) => ref === card.ref && grade > 1 && at < startOfDay(first[0]?.at ?? 0),
      )?.at ?? null,
    nextAt: card.dueAt,
  }));
}

async function forecastLoad(store: CardStore, { state, now }: LearnerReader): Promise<ReviewSummary['load']> {
  const dayStart = startOfDay(now);
  const end = dayStart + LOAD_DAYS * DAY_MS;
  const dayOf = (at: number): number => Math.max(0, Math.floor((at - dayStart) / DAY_MS));
  const days = Array.from({ length: LOAD_DAYS }, (_, n) => ({
    from: dayStart + n * DAY_MS,
    cards: 0,
    skills: 0,
  }));
  for (const at of await store.listDueTimes(end)) {
    const day = days[dayOf(at)];
    if (day) day.cards += 1;
  }
  for (const { review } of Object.values(state.skills)) {
    const day = review && review.dueAt < end ? days[dayOf(review.dueAt)] : undefined;
    if (day) day.skills += 1;
  }
  return days;
}

async function longestCurve(
  store: CardStore,
  cards: readonly StoredCard[],
  show: (list: StoredCard[]) => Promise<CardView[]>,
  now: number,
): Promise<ReviewSummary['curve']> {
  const longest = [...cards]
    .filter(({ schedule }) => schedule !== null && recallOf(schedule, now) !== null)
    .sort((a, b) => (b.schedule?.reps ?? 0) - (a.schedule?.reps ?? 0))[0];
  if (!longest?.schedule) return null;
  const [view] = await show([longest]);
  const steps = foldSteps(standing(await store.listGradesOf([refOf(longest)])), longest.base);
  if (!view || steps.length < 2) return null;
  return {
    front: view.front,
    steps,
    stability: longest.schedule.stability,
    nextAt: longest.schedule.due,
  };
}
