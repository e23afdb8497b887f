import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  collectAnswers,
  newNames,
  type AnswerLog,
  type Names,
} from '../../packages/engine/src/fit/answer-log.ts';
import { fitMixer } from '../../packages/engine/src/fit/fit-mixer.ts';
import { runBkt } from './bkt-baseline.ts';
import { coldStartAuc } from './cold-start.ts';
import { bktRule, farAtWaste, inARowRule, judgeRule, shippedRule } from './decision.ts';
import { auc, ece, logLoss } from './metrics.ts';
import { readAnswers } from './read-answers.ts';
import { runMixer } from './run-mixer.ts';
import { toSequences } from './sequences.ts';

/** A row of the benchmark, as docs/engine.md and the contract name it. Shares are 0..1; times as they say. */
export interface SetFigures {
  set: string;
  auc: number;
  logLoss: number;
  ece: number;
  far: number;
  waste: number;
  missed: number;
  farAtWaste5: number;
  bkt: { auc: number; far: number; waste: number; farAtWaste5: number };
  inARow: { farAtWaste5: number };
  coldStartAuc: number;
  fitSeconds: number;
  usPerEvent: { p50: number; p99: number };
}

/** Threshold of the shipped rule, and of BKT's. */
const PASS_P = 0.8;
const BKT_KNOWN = 0.95;
const WASTE = 5;

const P_SWEEP = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
const KNOWN_SWEEP = [...P_SWEEP, 0.995, 0.998, 0.999, 0.9995, 0.9999, 0.99999];
const STREAK_SWEEP = Array.from({ length: 20 }, (_, k) => k + 1);

export function measureSet(
  folder: string,
  set: string,
  all: readonly string[],
  progress: (line: string) => void,
): SetFigures {
  const names = newNames();
  const train = read(folder, `${set}.train`, names);
  const held = read(
    folder,
    existsSync(join(folder, `${set}.test.csv.gz`)) ? `${set}.test` : `${set}.dev`,
    names,
  );
  progress(`${set}: fitting on ${train.size} answers`);
  const from = performance.now();
  const mixer = fitMixer(train, { items: names.items.size, skills: names.skills.size });
  const fitSeconds = (performance.now() - from) / 1000;
  progress(`${set}: fitted in ${fitSeconds.toFixed(1)} s, evaluating on ${held.size} answers`);
  const run = runMixer(mixer, held);
  const bkt = runBkt(train, held);
  const sequences = toSequences(held, run.typical, bkt.known);
  const shipped = judgeRule(sequences, shippedRule(PASS_P));
  const known = judgeRule(sequences, bktRule(BKT_KNOWN));
  return {
    set,
    auc: auc(run.next, held.correct),
    logLoss: logLoss(run.next, held.correct),
    ece: ece(run.next, held.correct),
    ...shipped,
    farAtWaste5: farAtWaste(sequences, P_SWEEP.map(shippedRule), WASTE),
    bkt: {
      auc: auc(bkt.p, held.correct),
      far: known.far,
      waste: known.waste,
      farAtWaste5: farAtWaste(sequences, KNOWN_SWEEP.map(bktRule), WASTE),
    },
    inARow: { farAtWaste5: farAtWaste(sequences, STREAK_SWEEP.map(inARowRule), WASTE) },
    coldStartAuc: coldStartAuc(
      held,
      set,
      all.filter((other) => other !== set),
      (other, others) => read(folder, `${other}.train`, others),
    ),
    fitSeconds,
    usPerEvent: run.us,
  };
}

function read(folder: string, file: string, names: Names): AnswerLog {
  return collectAnswers(readAnswers(join(folder, `${file}.csv.gz`)), names);
}
