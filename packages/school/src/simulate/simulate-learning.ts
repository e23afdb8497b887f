import { beliefOf, checkGate, createRandom, PASS_P, STOP_FOR } from '@edirae/engine';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import { startCheck } from '../usecases/start-check.ts';
import { startPractice } from '../usecases/start-practice.ts';
import type { ItemView } from '../views.ts';
import { logit, lognormal, meanOf, sigmoid } from './draw.ts';
import {
  answerItem,
  createSimulatedLearner,
  type SimulatedClock,
  type SimulatedLearner,
} from './simulated-learner.ts';

/** What became of learners who learn as they practise. */
export interface LearningFigures {
  /** Mean items, practice and checks, up to being declared; null where nobody was. */
  toMastery: number | null;
  /** Mean items answered after the learner could (ability .80), declared or not. */
  wasted: number;
  /** Of those declared, the share that could not yet; null where nobody was. */
  falselyAdvanced: number | null;
  /** Share never declared. */
  never: number;
}

export interface LearningSimulation extends LearningFigures {
  skill: string;
  runs: number;
  /** The same learners, declared at three right in a row. */
  naive: LearningFigures;
}

/** From here on a learner can do it: the rule's own threshold. */
const CAN = PASS_P;

/** Ability before the first item, and the most it becomes; logits that an answer in practice teaches, in the middle, and their spread. */
const LEARNER = { start: 0.35, most: 0.95, step: 0.25, spread: 0.4 } as const;

/** Items after which nobody goes on. */
const MOST_ITEMS = 80;
const NAIVE_STREAK = 3;

/** Someone whose ability grows with each answer in practice. */
interface Growing {
  ability(): number;
  learn(): void;
}

/** One stretch from the first item to being declared, or to the end of patience. */
interface Stretch {
  items: number;
  wasted: number;
  declared: boolean;
  /** They could when they were declared. */
  could: boolean;
}

/**
 * Plays learners who begin at ability .35 and learn with every practice answer, through practice and checks as the product proposes them: a
 * check once p is at .80. @param skill one that is open from the start
 */
export async function simulateLearning(
  school: School,
  clock: SimulatedClock,
  { skill, runs, seed }: { skill: string; runs: number; seed: string },
): Promise<LearningSimulation> {
  const ours: Stretch[] = [];
  const naive: Stretch[] = [];
  for (let run = 0; run < runs; run++) {
    const name = `${seed}/learning/${skill}/${run}`;
    const rate = LEARNER.step * lognormal(LEARNER.spread, createRandom(`${name}/rate`));
    const growing = grow(rate);
    const learner = await createSimulatedLearner(school, `${name}/answers`, growing.ability);
    ours.push(await learnHere(school, clock, learner, skill, growing));
    naive.push(learnNaively(grow(rate), createRandom(`${name}/naive`)));
  }
  return { skill, runs, ...figuresOf(ours), naive: figuresOf(naive) };
}

function grow(rate: number): Growing {
  let ability = logit(LEARNER.start);
  return {
    ability: () => sigmoid(ability),
    learn: () => {
      ability = Math.min(logit(LEARNER.most), ability + rate);
    },
  };
}

async function learnHere(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
  growing: Growing,
): Promise<Stretch> {
  const stretch: Stretch = { items: 0, wasted: 0, declared: false, could: false };
  const answer = async (item: ItemView) => {
    count(stretch, growing);
    return answerItem(school, clock, learner, item);
  };
  while (stretch.items < MOST_ITEMS) {
    if (await isReady(school, clock, learner, skill)) {
      const started = await startCheck(school, learner.learnerId, skill);
      if (started.outcome !== 'open') return stretch;
      for (let item = started.check.item; item;) {
        const { next = null, check } = await answer(item);
        item = next;
        if (check?.status === 'passed')
          return { ...stretch, declared: true, could: growing.ability() >= CAN };
      }
      continue;
    }
    const practice = await startPractice(school, learner.learnerId, { skill, fresh: true });
    if (practice.outcome !== 'open') return stretch;
    await answer(practice.practice.item);
    growing.learn();
  }
  return stretch;
}

/** As the next step proposes: practice gives way to a check at p .80; after a stop, twelve hours go by. */
async function isReady(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
): Promise<boolean> {
  const { state, now } = await readLearner(school, learner.learnerId);
  if ((state.skills[skill]?.attempts ?? 0) === 0) return false;
  if (beliefOf(state, school.graph, skill, now).p < PASS_P) return false;
  const gate = checkGate(state, school.graph, skill, now, () => true);
  if (!gate.allowed && gate.why === 'stopped') clock.now += STOP_FOR;
  return gate.allowed;
}

function learnNaively(growing: Growing, random: () => number): Stretch {
  const stretch: Stretch = { items: 0, wasted: 0, declared: false, could: false };
  let streak = 0;
  while (stretch.items < MOST_ITEMS) {
    count(stretch, growing);
    streak = random() < growing.ability() ? streak + 1 : 0;
    growing.learn();
    if (streak === NAIVE_STREAK) return { ...stretch, declared: true, could: growing.ability() >= CAN };
  }
  return stretch;
}

function count(stretch: Stretch, growing: Growing): void {
  stretch.items += 1;
  if (growing.ability() >= CAN) stretch.wasted += 1;
}

function figuresOf(stretches: readonly Stretch[]): LearningFigures {
  const declared = stretches.filter((stretch) => stretch.declared);
  return {
    toMastery: meanOf(declared.map(({ items }) => items)),
    wasted: meanOf(stretches.map(({ wasted }) => wasted)) ?? 0,
    falselyAdvanced: meanOf(declared.map(({ could }) => (could ? 0 : 1))),
    never: meanOf(stretches.map((stretch) => (stretch.declared ? 0 : 1))) ?? 0,
  };
}
