import { checkGate } from '@edirae/engine';
import type { School } from '../school.ts';
import { readLearner } from '../store/act-on.ts';
import { startCheck } from '../usecases/start-check.ts';
import { startPractice } from '../usecases/start-practice.ts';
import type { ItemView, VerdictView } from '../views.ts';
import {
  answerItem,
  chanceAt,
  createSimulatedLearner,
  type SimulatedClock,
  type SimulatedLearner,
} from './simulated-learner.ts';
import { wilson } from '../record/wilson.ts';

export interface SkillSimulation {
  skill: string;
  /** Chance to answer an item of the skill's mean difficulty. */
  ability: number;
  runs: number;
  /** Share that passes one check without practice before it, with its 95% interval. */
  passed: number;
  low: number;
  high: number;
  /** Share that passes when they come back as often as the rule lets them, at most six checks. */
  passedByRetaking: number;
  /** Mean answers in the first check. */
  items: number;
  /** Answers of the first check by how it ended. */
  outcomes: Record<string, number>;
  /** The same learners under "three right in a row, within ten answers". */
  naive: { passed: number; passedByRetaking: number; items: number };
}

/** Checks a learner takes at most when retaking. */
const MOST_CHECKS = 6;
/** Practice answers between two checks at most. */
const MOST_PRACTICE = 60;
const ITEMS_IN_A_CHECK = 10;
const NAIVE_STREAK = 3;

/**
 * Plays `runs` learners of one ability, who learn nothing meanwhile, through the real check of a skill.
 * @param seed the same seed gives the same figures
 */
export async function simulateSkill(
  school: School,
  clock: SimulatedClock,
  {
    skill,
    ability,
    runs,
    seed,
    retake = true,
  }: { skill: string; ability: number; runs: number; seed: string; retake?: boolean },
): Promise<SkillSimulation> {
  const outcomes: Record<string, number> = {};
  let passed = 0;
  let passedByRetaking = 0;
  let items = 0;
  const naive = { passed: 0, passedByRetaking: 0, items: 0 };
  for (let run = 0; run < runs; run++) {
    const learner = await createSimulatedLearner(school, `${seed}/${skill}/${ability}/${run}`, () => ability);
    const first = await takeCheck(school, clock, learner, skill);
    outcomes[first.outcome] = (outcomes[first.outcome] ?? 0) + 1;
    items += first.asked;
    if (first.outcome === 'passed') passed += 1;
    if (first.outcome === 'passed' || (retake && (await retakeUntilPassed(school, clock, learner, skill))))
      passedByRetaking += 1;

    const once = naiveCheck(learner, ability);
    naive.items += once.asked;
    if (once.passed) naive.passed += 1;
    let tries = 1;
    let won = once.passed;
    while (!won && tries < MOST_CHECKS) {
      won = naiveCheck(learner, ability).passed;
      tries += 1;
    }
    if (won) naive.passedByRetaking += 1;
  }
  const share = (count: number) => (runs === 0 ? 0 : count / runs);
  return {
    skill,
    ability,
    runs,
    passed: share(passed),
    ...wilson(passed, runs),
    passedByRetaking: share(passedByRetaking),
    items: share(items),
    outcomes,
    naive: {
      passed: share(naive.passed),
      passedByRetaking: share(naive.passedByRetaking),
      items: share(naive.items),
    },
  };
}

async function takeCheck(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
): Promise<{ outcome: string; asked: number }> {
  const started = await startCheck(school, learner.learnerId, skill);
  if (started.outcome !== 'open') return { outcome: started.outcome, asked: 0 };
  let item: ItemView | null = started.check.item;
  let verdict: VerdictView | undefined;
  while (item) {
    verdict = await answerItem(school, clock, learner, item);
    item = verdict.next ?? null;
  }
  return { outcome: verdict?.check?.status ?? 'no-variant', asked: verdict?.check?.asked ?? 0 };
}

/** Comes back after the practice that the rule asks for, until it passes, is stopped, or has had enough. */
async function retakeUntilPassed(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
): Promise<boolean> {
  for (let checks = 1; checks < MOST_CHECKS; checks++) {
    if (!(await practiseUntilOpen(school, clock, learner, skill))) return false;
    const { outcome } = await takeCheck(school, clock, learner, skill);
    if (outcome === 'passed') return true;
    if (outcome !== 'not-yet') return false;
  }
  return false;
}

async function practiseUntilOpen(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  skill: string,
): Promise<boolean> {
  for (let answers = 0; answers < MOST_PRACTICE; answers++) {
    const practice = await startPractice(school, learner.learnerId, { skill, fresh: true });
    // A locked skill is practised by nobody; its check is a challenge each time.
    if (practice.outcome !== 'open') return false;
    const verdict = await answerItem(school, clock, learner, practice.practice.item);
    if (verdict.correct && (await isOpenForCheck(school, learner, skill))) return true;
  }
  return false;
}

async function isOpenForCheck(school: School, learner: SimulatedLearner, skill: string): Promise<boolean> {
  const { state, now } = await readLearner(school, learner.learnerId);
  return checkGate(state, school.graph, skill, now, () => true).allowed;
}

/** Three right in a row within ten answers: what most products stop at. */
function naiveCheck(learner: SimulatedLearner, ability: number): { passed: boolean; asked: number } {
  let streak = 0;
  for (let asked = 1; asked <= ITEMS_IN_A_CHECK; asked++) {
    streak = learner.random() < chanceAt(ability, 0) ? streak + 1 : 0;
    if (streak === NAIVE_STREAK) return { passed: true, asked };
  }
  return { passed: false, asked: ITEMS_IN_A_CHECK };
}
