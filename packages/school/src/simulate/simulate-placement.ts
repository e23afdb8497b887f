import { createRandom, requiredClosure } from '@edirae/engine';
import type { School } from '../school.ts';
import { getProgress } from '../usecases/get-progress.ts';
import { setGoal } from '../usecases/set-goal.ts';
import { startPlacement } from '../usecases/start-placement.ts';
import type { ItemView } from '../views.ts';
import { answerItem, createSimulatedLearner, type SimulatedClock } from './simulated-learner.ts';

export interface PlacementFigures {
  /** Mean items asked. */
  items: number;
  /** Share of the track's skills judged rightly: placed if known, not placed if not. */
  accuracy: number;
  /** Of the skills placed, the share that the learner does know; null where none was placed. */
  precision: number | null;
  /** Of the skills known, the share that was placed. */
  recall: number;
}

export interface PlacementSimulation extends PlacementFigures {
  goal: string;
  runs: number;
  /** The same learners asked one question on every skill, which is placed if it is right. */
  naive: PlacementFigures;
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
  const ours = newTally();
  const naive = newTally();
  for (let run = 0; run < runs; run++) {
    const random = createRandom(`${seed}/placement/${run}`);
    const known = new Set<string>();
    const chance = (skill: string) => (known.has(skill) ? KNOWN : UNKNOWN);
    const learner = await createSimulatedLearner(school, `${seed}/placement/${run}/answers`, chance);
    const set = await setGoal(school, learner.learnerId, { text: goal });
    if (!('track' in set)) throw new Error(`The goal was refused: ${set.outcome}`);
    const written = set.track.skills.filter((skill) => skill.written).map((skill) => skill.id);
    for (const skill of written)
      if (random() < 0.4) for (const id of requiredClosure(school.graph, [skill])) known.add(id);

    const started = await startPlacement(school, learner.learnerId);
    let item: ItemView | undefined = started.outcome === 'open' ? started.placement.item : undefined;
    while (item) {
      ours.items += 1;
      item = (await answerItem(school, clock, learner, item)).next;
    }
    const { skills } = await getProgress(school, learner.learnerId);
    const placed = new Set(skills.filter((skill) => skill.state === 'placed').map((skill) => skill.id));
    addTo(ours, written, known, placed);
    naive.items += written.length;
    addTo(naive, written, known, new Set(written.filter((skill) => random() < chance(skill))));
  }
  return { goal, runs, ...figuresOf(ours, runs), naive: figuresOf(naive, runs) };
}

interface Tally {
  items: number;
  skills: number;
  known: number;
  placed: number;
  /** Placed and known; neither placed nor known. */
  placedRightly: number;
  leftRightly: number;
}

function newTally(): Tally {
  return { items: 0, skills: 0, known: 0, placed: 0, placedRightly: 0, leftRightly: 0 };
}

function addTo(
  tally: Tally,
  skills: readonly string[],
  known: ReadonlySet<string>,
  placed: ReadonlySet<string>,
): void {
  for (const skill of skills) {
    tally.skills += 1;
    if (known.has(skill)) tally.known += 1;
    if (placed.has(skill)) tally.placed += 1;
    if (placed.has(skill) && known.has(skill)) tally.placedRightly += 1;
    if (!placed.has(skill) && !known.has(skill)) tally.leftRightly += 1;
  }
}

function figuresOf(tally: Tally, runs: number): PlacementFigures {
  const share = (count: number, of: number) => (of === 0 ? 0 : count / of);
  return {
    items: share(tally.items, runs),
    accuracy: share(tally.placedRightly + tally.leftRightly, tally.skills),
    precision: tally.placed === 0 ? null : tally.placedRightly / tally.placed,
    recall: share(tally.placedRightly, tally.known),
  };
}
