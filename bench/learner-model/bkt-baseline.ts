import { countLearners, type AnswerLog } from '../../packages/engine/src/fit/answer-log.ts';
import { fitBkt } from '../../packages/engine/src/fit/bkt-em.ts';
import type { BktParameters } from '../../packages/engine/src/mixer/population.ts';

/** Rounds of EM: AUC no longer moves in the third decimal. */
const ROUNDS = 25;

/** What classical BKT says of every answer, in the rows of the log. */
export interface BktRun {
  /** Chance that the answer is right, before it. */
  p: Float64Array;
  /** Chance that the skill is known, by all answers up to and with this one. */
  known: Float64Array;
}

/** Classical BKT (no forgetting), EM per skill on one log, run over another. Skills never met take the pooled model. */
export function runBkt(train: AnswerLog, log: AnswerLog): BktRun {
  const { pooled, skills } = fitBkt(train, null, { forgetting: false, rounds: ROUNDS, priorSequences: 0 });
  const p = new Float64Array(log.size);
  const known = new Float64Array(log.size);
  for (let learner = 0; learner < countLearners(log); learner++) {
    const prior = new Map<number, number>();
    for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
      const skill = log.skill[row]!;
      const bkt = skills.get(skill) ?? pooled;
      const before = prior.get(skill) ?? bkt.known;
      p[row] = before * (1 - bkt.slip) + (1 - before) * bkt.guess;
      known[row] = posterior(bkt, before, log.correct[row] === 1);
      prior.set(skill, known[row]! + (1 - known[row]!) * bkt.learn);
    }
  }
  return { p, known };
}

function posterior(bkt: BktParameters, before: number, right: boolean): number {
  const ifKnown = before * (right ? 1 - bkt.slip : bkt.slip);
  return ifKnown / (ifKnown + (1 - before) * (right ? bkt.guess : 1 - bkt.guess));
}
