import { readLearner, setGoal, startCheck, startPractice, startReview, type School } from '@edirae/school';
import {
  answerItem,
  createSimulatedLearner,
  type SimulatedClock,
  type SimulatedLearner,
} from '../../packages/school/src/simulate/simulated-learner.ts';

const DAY = 86_400_000;

/** Events that a diligent day leaves: some twenty answers, shown and given. */
const EVENTS_A_DAY = 40;

/** Days between the last evening and now, so that reviews are due. */
const REST_DAYS = 14;

export const GOAL = 'Size the KV cache of a model';

export interface Past {
  /** Length that the ledger shall have at least. */
  events: number;
  /** Same seed, same answers. */
  seed: string;
  /** Chance to answer an item of mean difficulty. */
  ability?: number;
  progress?: (events: number) => void;
}

/**
 * Plays one learner's past through the use cases, a day at a time, up to two weeks before the clock's present: practice, checks, reviews.
 * The clock is left where it was.
 */
export async function playPast(
  school: School,
  clock: SimulatedClock,
  { events, seed, ability = 0.85, progress }: Past,
): Promise<string> {
  const present = clock.now;
  const days = Math.ceil(events / EVENTS_A_DAY);
  clock.now = present - (days + REST_DAYS) * DAY;
  const learner = await createSimulatedLearner(school, seed, () => ability);
  const goal = await setGoal(school, learner.learnerId, { text: GOAL });
  if (goal.outcome === 'rate-limited') throw new Error('Learners are generated without rate limits.');
  let last = 0;
  for (let day = 0; ; day++) {
    const morning = clock.now;
    const seq = await playDay(school, clock, learner, day);
    if (seq === last) throw new Error('The generated learner has nothing to do: no open skill is written.');
    last = seq;
    progress?.(seq);
    if (seq >= events) break;
    clock.now = Math.min(morning + DAY, present - REST_DAYS * DAY);
  }
  clock.now = present;
  return learner.learnerId;
}

async function playDay(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  day: number,
): Promise<number> {
  const { learnerId, random } = learner;
  for (let n = 0; n < 3; n++) {
    const review = await startReview(school, learnerId);
    if (review.outcome !== 'open') break;
    await answerItem(school, clock, learner, review.review.item);
  }
  const { state } = await readLearner(school, learnerId);
  const skills = state.opened.filter((id) => school.graph.skills.get(id)?.written);
  // The skill that is being learned; once all are, any.
  const learning = skills.find((id) => !state.skills[id]?.demonstratedAt);
  const rested = learning ?? oneOf(skills, random);
  for (let n = 0; n < 10; n++) await practise(school, clock, learner, n < 6 ? rested : oneOf(skills, random));
  if (day % 2 === 0) await takeCheck(school, clock, learner, rested);
  return (await readLearner(school, learnerId)).head.seq;
}

const oneOf = (skills: readonly string[], random: () => number): string =>
  skills[Math.floor(random() * skills.length)] ?? '';

async function practise(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
): Promise<void> {
  const started = await startPractice(school, learner.learnerId, { skill });
  if (started.outcome === 'open') await answerItem(school, clock, learner, started.practice.item);
}

async function takeCheck(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
): Promise<void> {
  const started = await startCheck(school, learner.learnerId, skill);
  if (started.outcome !== 'open') return;
  for (let item = started.check.item; item;) {
    const verdict = await answerItem(school, clock, learner, item);
    item = verdict.check?.status === 'open' ? (verdict.next ?? null) : null;
  }
}
