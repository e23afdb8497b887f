import { countLearners, type AnswerLog } from '../../packages/engine/src/fit/answer-log.ts';
import {
  observeAnswer,
  predictNext,
  predictTypical,
  type Mixer,
} from '../../packages/engine/src/mixer/model.ts';
import { newTrack } from '../../packages/engine/src/mixer/track.ts';
import { percentile } from '../percentile.ts';

/** What the mixer says of every answer, in the rows of the log. */
export interface MixerRun {
  /** Chance that the answer is right, before it. */
  next: Float64Array;
  /** p of the decision, after it: a typical item of the skill. */
  typical: Float64Array;
  /** Microseconds an event: predicting, taking the answer in, and p after it. Of the passes the one with the least p99. */
  us: { p50: number; p99: number };
}

/** Answers run once before the clock counts: the figure is for a process that has been running, not for its first milliseconds. */
const WARM_UP = 20_000;

/** Passes over the log: what else the machine does at the time lengthens some more than others. */
const PASSES = 5;

/** Follows every learner of a log online; the population stays as it is. */
export function runMixer(mixer: Mixer, log: AnswerLog): MixerRun {
  follow(mixer, log, WARM_UP);
  const passes = Array.from({ length: PASSES }, () => follow(mixer, log, log.size));
  const { next, typical } = passes[0]!;
  const timed = passes.map(({ us }) => ({ p50: percentile([...us], 0.5), p99: percentile([...us], 0.99) }));
  return { next, typical, us: timed.reduce((least, pass) => (pass.p99 < least.p99 ? pass : least)) };
}

/** Whole learners, until so many answers are done. */
function follow(
  mixer: Mixer,
  log: AnswerLog,
  most: number,
): { next: Float64Array; typical: Float64Array; us: Float64Array } {
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
