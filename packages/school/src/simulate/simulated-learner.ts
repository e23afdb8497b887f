import { listAnswers } from '@edirae/curriculum';
import { createRandom, levelDifficulty, skillDifficulty } from '@edirae/engine';
import { readLearner } from '../store/act-on.ts';
import type { School } from '../school.ts';
import { submitAttempt } from '../usecases/submit-attempt.ts';
import { startGuest } from '../usecases/start-guest.ts';
import type { ItemView, VerdictView } from '../views.ts';

/** A learner of known ability who goes through the real use cases. */
export interface SimulatedLearner {
  learnerId: string;
  random: () => number;
  /** Chance to answer an item of the skill's mean difficulty, 0 to 1. */
  abilityOn(skill: string): number;
}

/** A clock that only the simulation moves. Epoch milliseconds. */
export interface SimulatedClock {
  now: number;
}

/** What an answer takes, so that times in the ledger read like a person's. */
const MINUTE = 60_000;

export async function createSimulatedLearner(
  school: School,
  seed: string,
  abilityOn: (skill: string) => number,
): Promise<SimulatedLearner> {
  const started = await startGuest(school, { client: 'simulation' });
  if (started.outcome !== 'started') throw new Error(`No simulated learner could start: ${started.outcome}`);
  return { learnerId: started.learnerId, random: createRandom(seed), abilityOn };
}

/**
 * Answers an item right with the learner's chance: ability at the skill's mean difficulty, moved by the item's level in
 * logits. A miss is one of the wrong answers that the author foresaw, or "I don't know yet" where there is none.
 */
export async function answerItem(
  school: School,
  clock: SimulatedClock,
  learner: SimulatedLearner,
  item: Pick<ItemView, 'issueId'>,
): Promise<VerdictView> {
  clock.now += MINUTE;
  const { store } = await readLearner(school, learner.learnerId);
  const issue = await store.findIssue(item.issueId);
  if (!issue) throw new Error(`The simulated learner was never shown ${item.issueId}`);
  const { skill, level } = issue.facts;
  const shift = levelDifficulty(level) - skillDifficulty(school.graph, skill);
  const isRight = learner.random() < chanceAt(learner.abilityOn(skill), shift);
  const { right, wrong } = listAnswers(issue.variant);
  const foreseen = wrong[Math.floor(learner.random() * wrong.length)];
  const submitted = await submitAttempt(school, learner.learnerId, {
    issueId: item.issueId,
    answer: isRight ? right[0]?.input : (foreseen?.input ?? null),
  });
  if (submitted.outcome !== 'recorded')
    throw new Error(`A simulated answer to ${issue.facts.family} was refused: ${submitted.outcome}`);
  return submitted.verdict;
}

/** The chance at a difficulty that lies `shift` logits above the mean. */
export function chanceAt(ability: number, shift: number): number {
  if (ability <= 0 || ability >= 1) return ability;
  return 1 / (1 + ((1 - ability) / ability) * Math.exp(shift));
}
