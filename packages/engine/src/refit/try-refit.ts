import { CURRENT_ESTIMATOR, getEstimator, type Observation } from '../estimator.ts';
import { collectAnswers, newNames, type AnswerLog, type Names } from '../fit/answer-log.ts';
import { fitMixer } from '../fit/fit-mixer.ts';
import { observeAnswer, predictNext, type Mixer } from '../mixer/model.ts';
import { newTrack } from '../mixer/track.ts';
import { scoresOf, type Scores } from './scores.ts';

/** One answer of the ledger, in the order given by its learner. */
export interface RefitAnswer {
  learner: string;
  /** Its item family. */
  family: string;
  /** As the shipped estimator sees it. An answer is foretold and scored where it was a first try without help. */
  observation: Observation;
}

/** A fit on some learners, beside what is shipped, judged on the others. */
export interface RefitTrial {
  /** What is shipped. */
  estimator: string;
  learners: { fitted: number; held: number };
  /** First tries without help: what is fitted on, and what is scored. */
  answers: { fitted: number; held: number };
  before: Scores;
  after: Scores;
  /** Lower log loss, and neither AUC nor ECE worse by more than a hundredth, on the learners held out. */
  better: boolean;
}

/** A hundredth: what AUC and ECE may lose without the fit being called worse. */
const SLACK = 0.01;

/**
 * Fits the mixer on the answers of most learners and scores it, beside the shipped estimator, on those of the others. Decides and
 * changes nothing. @param isHeld which learners are held out
 */
export function tryRefit(answers: readonly RefitAnswer[], isHeld: (learner: string) => boolean): RefitTrial {
  const names = newNames();
  const scored = answers.filter(isScored);
  const train = toLog(
    scored.filter(({ learner }) => !isHeld(learner)),
    names,
  );
  const held = toLog(
    scored.filter(({ learner }) => isHeld(learner)),
    names,
  );
  const mixer = fitMixer(train, { items: names.items.size, skills: names.skills.size });
  const before = scoresOf(foretoldByShipped(answers.filter(({ learner }) => isHeld(learner))));
  const after = scoresOf(foretoldByMixer(mixer, held));
  return {
    estimator: CURRENT_ESTIMATOR,
    learners: { fitted: train.starts.length - 1, held: held.starts.length - 1 },
    answers: { fitted: train.size, held: held.size },
    before,
    after,
    better:
      after.logLoss < before.logLoss &&
      (after.auc ?? 0) >= (before.auc ?? 0) - SLACK &&
      after.ece <= before.ece + SLACK,
  };
}

function isScored({ observation }: RefitAnswer): boolean {
  return observation.aid === 'none' && !observation.retry;
}

function toLog(answers: readonly RefitAnswer[], names: Names): AnswerLog {
  const logged = answers.map(({ learner, family, observation }) => ({
    learner,
    item: family,
    skill: observation.skill,
    correct: observation.outcome === 'correct',
    ts: observation.at / 1000,
  }));
  return collectAnswers(logged, names);
}

type Foretold = { p: number; right: boolean }[];

/** The estimator as it runs here: all answers are evidence, as what they are; p for the item's own difficulty. */
function foretoldByShipped(answers: readonly RefitAnswer[]): Foretold {
  const estimator = getEstimator(CURRENT_ESTIMATOR);
  const states = new Map<string, unknown>();
  const said: Foretold = [];
  for (const answer of answers) {
    const { observation } = answer;
    const state = states.get(answer.learner) ?? estimator.initial();
    const { p } = estimator.predict(state, observation);
    if (isScored(answer)) said.push({ p, right: observation.outcome === 'correct' });
    states.set(answer.learner, estimator.observe(state, observation));
  }
  return said;
}

function foretoldByMixer(mixer: Mixer, log: AnswerLog): Foretold {
  const said: Foretold = [];
  for (let learner = 0; learner + 1 < log.starts.length; learner++) {
    const track = newTrack();
    for (let row = log.starts[learner] ?? 0; row < (log.starts[learner + 1] ?? 0); row++) {
      const question = { skill: log.skill[row] ?? 0, item: log.item[row] ?? 0, ts: log.ts[row] ?? null };
      const right = log.correct[row] === 1;
      said.push({ p: predictNext(mixer, track, question), right });
      observeAnswer(mixer, track, { ...question, right });
    }
  }
  return said;
}
