import type { Step } from '../mixer/population.ts';
import { countLearners, pickLearners, type AnswerLog } from './answer-log.ts';
import { ratingLoss } from './rating-loss.ts';
import { rateDifficulties, START_STEPS, type RatingSteps } from './difficulties.ts';

/** Answers that the search looks at, at most: about a tenth of a second a trial. */
const SEARCH_ANSWERS = 120_000;

/** Factors tried on each number, in turn, and rounds over all of them. */
const FACTORS = [0.6, 1.6];
const ROUNDS = 2;

const NUMBERS: readonly [keyof RatingSteps, keyof Step][] = [
  ['theta', 'first'],
  ['theta', 'decay'],
  ['theta', 'floor'],
  ['delta', 'first'],
  ['delta', 'decay'],
  ['delta', 'floor'],
  ['single', 'first'],
  ['single', 'decay'],
  ['single', 'floor'],
  ['skill', 'first'],
  ['skill', 'decay'],
  ['item', 'first'],
  ['item', 'decay'],
];

/** Step sizes by coordinate search on the log loss for a quarter of the learners, whom the difficulties have not seen. */
export function fitSteps(log: AnswerLog, sizes: { items: number; skills: number }): RatingSteps {
  const part = someLearners(log);
  const all = Array.from({ length: countLearners(part) }, (_, k) => k);
  const fitted = all.filter((k) => k % 4 !== 0);
  const held = all.filter((k) => k % 4 === 0);
  const lossOf = (steps: RatingSteps): number =>
    ratingLoss(part, held, rateDifficulties(part, fitted, sizes, steps), steps);
  let best = START_STEPS;
  let least = lossOf(best);
  for (let round = 0; round < ROUNDS; round++)
    for (const [who, what] of NUMBERS)
      for (const factor of FACTORS) {
        const trial = { ...best, [who]: { ...best[who], [what]: best[who][what] * factor } };
        const loss = lossOf(trial);
        if (loss >= least) continue;
        least = loss;
        best = trial;
        break;
      }
  return best;
}

/** Every k-th learner, so that about `SEARCH_ANSWERS` answers remain. */
function someLearners(log: AnswerLog): AnswerLog {
  const every = Math.ceil(log.size / SEARCH_ANSWERS);
  if (every <= 1) return log;
  const learners = Array.from({ length: countLearners(log) }, (_, k) => k).filter((k) => k % every === 0);
  return pickLearners(log, learners);
}
