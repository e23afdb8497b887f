import {
  countLearners,
  newNames,
  type AnswerLog,
  type Names,
} from '../../packages/engine/src/fit/answer-log.ts';
import { fitCold } from '../../packages/engine/src/fit/fit-cold.ts';
import { openCold, predictCold, type ColdCoefficients } from '../../packages/engine/src/mixer/cold.ts';
import { COEFFICIENTS_1 } from '../../packages/engine/src/mixer/coefficients-1.ts';
import { advance, newTrack } from '../../packages/engine/src/mixer/track.ts';
import { auc } from './metrics.ts';
import { COEFFICIENTS_WITHOUT } from './coefficients-without.ts';

/** With fewer other sets at hand, the shipped coefficients that never saw this one. */
const ENOUGH_SETS = 3;

/** AUC with no local learner: coefficients of the other sets, items and skills at the prior for good. */
export function coldStartAuc(
  held: AnswerLog,
  set: string,
  others: readonly string[],
  read: (set: string, names: Names) => AnswerLog,
): number {
  const mixer = openCold(coefficientsWithout(set, others, read));
  const { difficulty, single } = mixer.population.prior;
  const p = new Float64Array(held.size);
  for (let learner = 0; learner < countLearners(held); learner++) {
    const track = newTrack();
    for (let row = held.starts[learner]!; row < held.starts[learner + 1]!; row++) {
      const skill = held.skill[row]!;
      const ts = Number.isNaN(held.ts[row]) ? null : held.ts[row]!;
      p[row] = predictCold(mixer, track, { skill, item: null, ts });
      advance(
        track,
        mixer.population,
        { skill, item: null, right: held.correct[row] === 1, ts },
        difficulty,
        single,
      );
    }
  }
  return auc(p, held.correct);
}

function coefficientsWithout(
  set: string,
  others: readonly string[],
  read: (set: string, names: Names) => AnswerLog,
): ColdCoefficients {
  if (others.length < ENOUGH_SETS) return COEFFICIENTS_WITHOUT[set] ?? COEFFICIENTS_1.cold;
  const names = newNames();
  const logs = others.map((other) => read(other, names));
  return fitCold(logs, names.skills.size, `without-${set}`);
}
