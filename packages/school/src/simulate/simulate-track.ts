import { createRandom, getSkill as findNode, PASS_P } from '@edirae/engine';
import type { School } from '../school.ts';
import { getNext } from '../usecases/get-next.ts';
import { getTrack } from '../usecases/get-track.ts';
import { setGoal } from '../usecases/set-goal.ts';
import { startCheck } from '../usecases/start-check.ts';
import { startPlacement } from '../usecases/start-placement.ts';
import { startPractice } from '../usecases/start-practice.ts';
import { startReview } from '../usecases/start-review.ts';
import { stopPlacement } from '../usecases/stop-placement.ts';
import type { ItemView, StateName } from '../views.ts';
import { logit, lognormal, meanOf, medianOf, sigmoid } from './draw.ts';
import {
  answerItem,
  createSimulatedLearner,
  type SimulatedClock,
  type SimulatedLearner,
} from './simulated-learner.ts';
import { SimulatedWeeks } from './simulated-weeks.ts';

/** Days to finish a track, beside what was forecast when the goal was stated. */
export interface TrackSimulation {
  goal: string;
  runs: number;
  /** Skills of the track that can be taught. */
  skills: number;
  hoursPerWeek: number;
  /** Days of the forecast, and of the learner in the middle; null where too few finish for there to be one. */
  forecast: { p50: number; p90: number };
  days: number | null;
  /** Share of all that had finished by each date. */
  byP50: number;
  byP90: number;
  /** Share that did not finish. */
  never: number;
  /** Why they could not go on, as shares of all. */
  stuck: Record<string, number>;
  /** Mean items a learner who finished answered, reviews included. */
  items: number | null;
  /** Of the skills declared, the share that the learner could not do yet (ability under .80). */
  falselyAdvanced: number | null;
  /** The same learners, each skill declared at three right in a row, without reviews. */
  naive: { days: number; byP50: number; byP90: number; items: number; falselyAdvanced: number };
}

const DAY = 86_400_000;
const LONGEST = 3_650 * DAY;
const MOST_ITEMS = 1_000;
/** Minutes that an item takes with its feedback, and the share of a skill's minutes that is reading before the first. */
const ITEM_MINUTES = 3;
const READING = 0.5;
/** How people and skills differ from the authors' minutes, as the plan believes (docs/engine.md). */
const SPREAD = { pace: 0.35, skill: 0.4 } as const;
/** Ability after the reading, and after all the practice that this learner needs on this skill. */
const ABILITY = { read: 0.4, practised: 0.92 } as const;
const NAIVE_STREAK = 3;

/** Plays learners who begin with nothing through a track, as the next step tells them, week by week. */
export async function simulateTrack(
  school: School,
  clock: SimulatedClock,
  { goal, hoursPerWeek, runs, seed }: { goal: string; hoursPerWeek: number; runs: number; seed: string },
): Promise<TrackSimulation> {
  const journeys: Journey[] = [];
  const naive: Journey[] = [];
  let skills = 0;
  let forecast = { p50: 0, p90: 0 };
  for (let run = 0; run < runs; run++) {
    const name = `${seed}/track/${run}`;
    const start = clock.now;
    const pupil = new Pupil(school, name);
    const learner = await createSimulatedLearner(school, `${name}/answers`, (skill) => pupil.ability(skill));
    const set = await setGoal(school, learner.learnerId, { text: goal, hoursPerWeek });
    if (!('track' in set)) throw new Error(`The goal was refused: ${set.outcome}`);
    const { plan } = set.track;
    const taught = set.track.skills.filter((skill) => skill.written).map((skill) => skill.id);
    if (plan === null || taught.length === 0) throw new Error(`Nothing of "${goal}" can be taught.`);
    skills = taught.length;
    forecast = { p50: (plan.p50 - start) / DAY, p90: (plan.p90 - start) / DAY };
    journeys.push(await travel(school, clock, learner, pupil, hoursPerWeek, `${name}/weeks`));
    naive.push(travelNaively(new Pupil(school, name), taught, hoursPerWeek, name));
    // The next learner begins on a day of their own.
    clock.now += DAY;
  }
  const finished = journeys.filter((journey) => journey.finished);
  const ended = figuresOf(journeys, forecast);
  return {
    goal,
    runs,
    skills,
    hoursPerWeek,
    forecast,
    days: finished.length * 2 > runs ? medianOf(journeys.map(({ days }) => days)) : null,
    byP50: ended.byP50,
    byP90: ended.byP90,
    never: 1 - finished.length / Math.max(1, runs),
    stuck: stuckOf(journeys),
    items: meanOf(finished.map(({ items }) => items)),
    falselyAdvanced: ended.falselyAdvanced,
    naive: {
      ...figuresOf(naive, forecast),
      days: medianOf(naive.map(({ days }) => days)) ?? 0,
      items: meanOf(naive.map(({ items }) => items)) ?? 0,
      falselyAdvanced: figuresOf(naive, forecast).falselyAdvanced ?? 0,
    },
  };
}

interface Journey {
  finished: boolean;
  /** Why they could not go on; null for those who finished or ran out of time. */
  stuck: string | null;
  /** Infinite where it was not finished. */
  days: number;
  items: number;
  /** Skills declared, and those of them that the learner could not do yet. */
  declared: number;
  tooEarly: number;
}

function figuresOf(
  journeys: readonly Journey[],
  forecast: { p50: number; p90: number },
): { byP50: number; byP90: number; falselyAdvanced: number | null } {
  const by = (days: number) => meanOf(journeys.map((journey) => (journey.days <= days ? 1 : 0))) ?? 0;
  const declared = journeys.reduce((sum, journey) => sum + journey.declared, 0);
  const tooEarly = journeys.reduce((sum, journey) => sum + journey.tooEarly, 0);
  return {
    byP50: by(forecast.p50),
    byP90: by(forecast.p90),
    falselyAdvanced: declared === 0 ? null : tooEarly / declared,
  };
}

function stuckOf(journeys: readonly Journey[]): Record<string, number> {
  const shares: Record<string, number> = {};
  for (const { stuck } of journeys)
    if (stuck !== null) shares[stuck] = (shares[stuck] ?? 0) + 1 / journeys.length;
  return shares;
}

/** What a learner can do, and what it takes them: the authors' minutes times their own pace, half of it reading, the rest practice. */
class Pupil {
  readonly #school: School;
  readonly #pace: number;
  readonly #name: string;
  readonly #needs = new Map<string, { reading: number; practice: number }>();
  readonly #practised = new Map<string, number>();

  constructor(school: School, name: string) {
    this.#school = school;
    this.#name = name;
    this.#pace = lognormal(SPREAD.pace, createRandom(`${name}/pace`));
  }

  /** Minutes of reading, and items of practice, that a skill takes. */
  needs(skill: string): { reading: number; practice: number } {
    const known = this.#needs.get(skill);
    if (known) return known;
    const own = this.#pace * lognormal(SPREAD.skill, createRandom(`${this.#name}/${skill}`));
    const minutes = findNode(this.#school.graph, skill).minutes * own;
    const needs = {
      reading: minutes * READING,
      practice: Math.max(1, (minutes * (1 - READING)) / ITEM_MINUTES),
    };
    this.#needs.set(skill, needs);
    return needs;
  }

  ability(skill: string): number {
    const share = Math.min(1, (this.#practised.get(skill) ?? 0) / this.needs(skill).practice);
    return sigmoid(logit(ABILITY.read) + share * (logit(ABILITY.practised) - logit(ABILITY.read)));
  }

  practise(skill: string): void {
    this.#practised.set(skill, (this.#practised.get(skill) ?? 0) + 1);
  }
}

async function travel(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  pupil: Pupil,
  hoursPerWeek: number,
  seed: string,
): Promise<Journey> {
  const start = clock.now;
  const weeks = new SimulatedWeeks(clock, hoursPerWeek, createRandom(seed));
  const journey: Journey = {
    finished: false,
    stuck: null,
    days: Infinity,
    items: 0,
    declared: 0,
    tooEarly: 0,
  };
  const read = new Set<string>();
  const answer = async (item: ItemView) => {
    journey.items += 1;
    weeks.work(ITEM_MINUTES);
    return answerItem(school, clock, learner, item);
  };
  while (clock.now - start < LONGEST && journey.items < MOST_ITEMS) {
    const { action, skill } = await getNext(school, learner.learnerId);
    // Every skill of the track is passed; what is left is work that nobody simulates.
    if (action === 'done' || action === 'lab') {
      const finished = await hasFinished(school, learner);
      if (!finished) return { ...journey, stuck: 'nothing fresh left to practise' };
      return { ...journey, finished, days: (clock.now - start) / DAY };
    }
    if (action === 'placement') {
      // They know nothing of it yet, and say so.
      const opened = await startPlacement(school, learner.learnerId);
      if (opened.outcome !== 'open') return { ...journey, stuck: `placement ${opened.outcome}` };
      await stopPlacement(school, learner.learnerId, opened.placement.placementId);
      continue;
    }
    if (action === 'review') {
      const review = await startReview(school, learner.learnerId);
      if (review.outcome !== 'open') return { ...journey, stuck: `review ${review.outcome}` };
      // The verdict says which skill it was, and the solution teaches as one in practice does.
      pupil.practise((await answer(review.review.item)).skill);
      continue;
    }
    if (skill === null) return { ...journey, stuck: action };
    if (!read.has(skill)) {
      read.add(skill);
      weeks.work(pupil.needs(skill).reading);
    }
    if (action === 'check') {
      const check = await startCheck(school, learner.learnerId, skill);
      if (check.outcome !== 'open') return { ...journey, stuck: `check ${check.outcome}` };
      for (let item = check.check.item; item;) {
        const verdict = await answer(item);
        item = verdict.next ?? null;
        if (verdict.check?.status !== 'passed') continue;
        journey.declared += 1;
        if (pupil.ability(skill) < PASS_P) journey.tooEarly += 1;
      }
      continue;
    }
    const practice = await startPractice(school, learner.learnerId, { skill, fresh: true });
    if (practice.outcome !== 'open') return { ...journey, stuck: `practice ${practice.outcome}` };
    await answer(practice.practice.item);
    pupil.practise(skill);
  }
  return journey;
}

/** Every skill of the track that can be taught is passed. */
async function hasFinished(school: School, learner: SimulatedLearner): Promise<boolean> {
  const found = await getTrack(school, learner.learnerId);
  return found.outcome === 'track' && found.track.skills.every((row) => !row.written || isProven(row.state));
}

function isProven(state: StateName): boolean {
  return state === 'knows' || state === 'demonstrated' || state === 'retained' || state === 'applied';
}

/** Skill after skill: reading, then practice until three are right in a row. */
function travelNaively(pupil: Pupil, skills: readonly string[], hoursPerWeek: number, name: string): Journey {
  const clock = { now: 0 };
  const weeks = new SimulatedWeeks(clock, hoursPerWeek, createRandom(`${name}/weeks`));
  const random = createRandom(`${name}/naive`);
  const journey: Journey = {
    finished: true,
    stuck: null,
    days: 0,
    items: 0,
    declared: skills.length,
    tooEarly: 0,
  };
  for (const skill of skills) {
    weeks.work(pupil.needs(skill).reading);
    for (let streak = 0; streak < NAIVE_STREAK && journey.items < MOST_ITEMS;) {
      journey.items += 1;
      weeks.work(ITEM_MINUTES);
      streak = random() < pupil.ability(skill) ? streak + 1 : 0;
      pupil.practise(skill);
    }
    if (pupil.ability(skill) < PASS_P) journey.tooEarly += 1;
  }
  return { ...journey, days: clock.now / DAY };
}
