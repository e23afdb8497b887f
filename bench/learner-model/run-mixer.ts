import { countLearners, type AnswerLog } from '../../packages/engine/src/fit/answer-log.ts';
import {
  observeAnswer,
  predictNext,
  predictTypical,
  type Mixer,
} from '../../packages/engine/src/mixer/model.ts';
import { newTrack } from '../../packages/engine/src/mixer/track.ts';

/** What the mixer says of every answer, in the rows of the log. */
export interface MixerRun {
  /** Chance that the answer is right, before it. */
  next: Float64Array;
  /** p of the decision, after it: a typical item of the skill. */
  typical: Float64Array;
  /** Microseconds of each event: predicting, taking the answer in, and p after it. */
  us: Float64Array;
}

/** Answers run once before the clock counts: the figure is for a process that has been running, not for its first milliseconds. */
const WARM_UP = 20_000;

/** Follows every learner of a log online; the population stays as it is. */
export function runMixer(mixer: Mixer, log: AnswerLog): MixerRun {
  follow(mixer, log, WARM_UP);
  return follow(mixer, log, log.size);
}

/** Whole learners, until so many answers are done. */
function follow(mixer: Mixer, log: AnswerLog, most: number): MixerRun {
  const next = new Float64Array(log.size);
  const typical = new Float64Array(log.size);
  const us = new Float64Array(log.size);
  for (let learner = 0; learner < countLearners(log) && log.starts[learner]! < most; learner++) {
    const track = newTrack();
    for (let row = log.starts[learner]!; row < log.starts[learner + 1]!; row++) {
      const skill = log.skill[row]!;
      const item = log.item[row]! < 0 ? null : log.item[row]!;
      const ts = Number.isNaN(log.ts[row]) ? null : log.ts[row]!;
      const from = performance.now();
      next[row] = predictNext(mixer, track, { skill, item, ts });
      observeAnswer(mixer, track, { skill, item, right: log.correct[row] === 1, ts });
      typical[row] = predictTypical(mixer, track, skill);
      us[row] = (performance.now() - from) * 1000;
    }
  }
  return { next, typical, us };
}
