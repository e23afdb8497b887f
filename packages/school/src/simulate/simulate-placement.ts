import { createRandom, requiredClosure } from '@edirae/engine';
import type { School } from '../school.ts';
import { getProgress } from '../usecases/get-progress.ts';
import { setGoal } from '../usecases/set-goal.ts';
import { startPlacement } from '../usecases/start-placement.ts';
import type { ItemView } from '../views.ts';
import { answerItem, createSimulatedLearner, type SimulatedClock } from './simulated-learner.ts';

export interface PlacementSimulation {
  goal: string;
  runs: number;
  /** Mean items asked. */
  items: number;
  /** Of the skills placed, the share that the learner does know; null where none was placed. */
  precision: number | null;
  /** Of the skills known, the share that was placed. */
  recall: number;
}

/** Chance of a right answer on a skill that is known, and on one that is not (a guess among four, or a lucky slip). */
const KNOWN = 0.9;
const UNKNOWN = 0.2;

/** Plays learners who know a random part of a track, closed under what it requires, through its placement. */
export async function simulatePlacement(
  school: School,
  clock: SimulatedClock,
  { goal, runs, seed }: { goal: string; runs: number; seed: string },
): Promise<PlacementSimulation> {
  let items = 0;
  let placedCount = 0;
  let placedRight = 0;
  let knownCount = 0;
  for (let run = 0; run < runs; run++) {
    const random = createRandom(`${seed}/placement/${run}`);
    const known = new Set<string>();
    const learner = await createSimulatedLearner(school, `${seed}/placement/${run}/answers`, (skill) =>
      known.has(skill) ? KNOWN : UNKNOWN,
    );
    const set = await setGoal(school, learner.learnerId, { text: goal });
    if (!('track' in set)) throw new Error(`The goal was refused: ${set.outcome}`);
    const written = set.track.skills.filter((skill) => skill.written).map((skill) => skill.id);
    for (const skill of written)
      if (random() < 0.4) for (const id of requiredClosure(school.graph, [skill])) known.add(id);

    const started = await startPlacement(school, learner.learnerId);
    let item: ItemView | undefined = started.outcome === 'open' ? started.placement.item : undefined;
    while (item) {
      items += 1;
      item = (await answerItem(school, clock, learner, item)).next;
    }
    const { skills } = await getProgress(school, learner.learnerId);
    const placed = skills.filter((skill) => skill.state === 'placed').map((skill) => skill.id);
    placedCount += placed.length;
    placedRight += placed.filter((id) => known.has(id)).length;
    knownCount += written.filter((id) => known.has(id)).length;
  }
  return {
    goal,
    runs,
    items: runs === 0 ? 0 : items / runs,
    precision: placedCount === 0 ? null : placedRight / placedCount,
    recall: knownCount === 0 ? 0 : placedRight / knownCount,
  };
}
