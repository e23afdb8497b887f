import type { BktParameters } from '../mixer/population.ts';
import { countLearners, type AnswerLog } from './answer-log.ts';

/** How BKT is fitted. */
export interface BktFitOptions {
  /** With forgetting, or with F = 0 as in the classical model. */
  forgetting: boolean;
  /** Rounds of expectation and maximisation. */
  rounds: number;
  /** Sequences' worth of the pooled model that each skill starts from: keeps rare skills near it. 0 = plain maximum likelihood. */
  priorSequences: number;
}

/** Where the search starts (customary; Corbett & Anderson 1995). */
const START: BktParameters = { known: 0.5, learn: 0.15, forget: 0.02, guess: 0.25, slip: 0.15 };

/** Expected counts: of a first state known, of transitions out of each state, and of outcomes in each. */
interface Counts {
  sequences: number;
  known: number;
  fromNot: number;
  learned: number;
  fromKnown: number;
  forgot: number;
  inNot: number;
  guessed: number;
  inKnown: number;
  slipped: number;
}

/** Outcomes of one skill, sequence after sequence. */
interface SkillSequences {
  outcomes: number[];
  /** Start of each sequence in `outcomes`, and the end of the last. */
  starts: number[];
}

/** BKT per skill by EM (Baum–Welch on the two-state chain), and pooled over all. @returns per skill id; `pooled` for skills never met. */
export function fitBkt(
  log: AnswerLog,
  learners: readonly number[] | null,
  options: BktFitOptions,
): { pooled: BktParameters; skills: Map<number, BktParameters> } {
  const bySkill = collectSequences(log, learners);
  const start = options.forgetting ? START : { ...START, forget: 0 };
  let pooled = start;
  const all = emptyCounts();
  for (let round = 0; round < Math.min(8, options.rounds); round++) {
    clear(all);
    for (const sequences of bySkill.values()) expect(sequences, pooled, all);
    pooled = maximise(all, options.forgetting);
  }
  const skills = new Map<number, BktParameters>();
  for (const [skill, sequences] of bySkill)
    skills.set(skill, fitSkill(sequences, options.priorSequences > 0 ? pooled : start, all, options));
  return { pooled, skills };
}

function fitSkill(
  sequences: SkillSequences,
  start: BktParameters,
  pooled: Counts,
  options: BktFitOptions,
): BktParameters {
  const share = pooled.sequences === 0 ? 0 : options.priorSequences / pooled.sequences;
  const counts = emptyCounts();
  let model = start;
  for (let round = 0; round < options.rounds; round++) {
    clear(counts);
    for (const key of KEYS) counts[key] += share * pooled[key];
    expect(sequences, model, counts);
    model = maximise(counts, options.forgetting);
  }
  return model;
}

function collectSequences(log: AnswerLog, learners: readonly number[] | null): Map<number, SkillSequences> {
  const bySkill = new Map<number, SkillSequences>();
  const count = learners?.length ?? countLearners(log);
  for (let k = 0; k < count; k++) {
    const learner = learners === null ? k : (learners[k] as number);
    const seen = new Map<number, number[]>();
    for (let row = log.starts[learner] as number; row < (log.starts[learner + 1] as number); row++) {
      const skill = log.skill[row] as number;
      const list = seen.get(skill);
      if (list === undefined) seen.set(skill, [log.correct[row] as number]);
      else list.push(log.correct[row] as number);
    }
    for (const [skill, list] of seen) {
      let sequences = bySkill.get(skill);
      if (sequences === undefined) bySkill.set(skill, (sequences = { outcomes: [], starts: [0] }));
      for (const outcome of list) sequences.outcomes.push(outcome);
      sequences.starts.push(sequences.outcomes.length);
    }
  }
  return bySkill;
}

/** Adds the expected counts of all sequences of a skill under a model: forward, then backward. */
function expect(sequences: SkillSequences, model: BktParameters, counts: Counts): void {
  const { outcomes, starts } = sequences;
  const { known, learn, forget, guess, slip } = model;
  for (let s = 0; s + 1 < starts.length; s++) {
    const from = starts[s] as number;
    const length = (starts[s + 1] as number) - from;
    if (length > forward.length) {
      forward = new Float64Array(length * 2);
      before = new Float64Array(length * 2);
    }
    let prior = known;
    for (let t = 0; t < length; t++) {
      const right = outcomes[from + t] === 1;
      const inKnown = prior * (right ? 1 - slip : slip);
      const posterior = inKnown / (inKnown + (1 - prior) * (right ? guess : 1 - guess));
      before[t] = prior;
      forward[t] = posterior;
      prior = posterior * (1 - forget) + (1 - posterior) * learn;
    }
    let smoothed = forward[length - 1] as number;
    for (let t = length - 1; ; t--) {
      if (outcomes[from + t] === 1) {
        counts.guessed += 1 - smoothed;
      } else {
        counts.slipped += smoothed;
      }
      counts.inKnown += smoothed;
      counts.inNot += 1 - smoothed;
      if (t === 0) break;
      const filtered = forward[t - 1] as number;
      const ahead = before[t] as number;
      const toKnown = ahead > 0 ? smoothed / ahead : 0;
      const toNot = ahead < 1 ? (1 - smoothed) / (1 - ahead) : 0;
      const stayed = filtered * (1 - forget) * toKnown;
      const forgot = filtered * forget * toNot;
      const learned = (1 - filtered) * learn * toKnown;
      const stayedNot = (1 - filtered) * (1 - learn) * toNot;
      counts.fromKnown += stayed + forgot;
      counts.forgot += forgot;
      counts.fromNot += learned + stayedNot;
      counts.learned += learned;
      smoothed = stayed + forgot;
    }
    counts.known += smoothed;
    counts.sequences += 1;
  }
}

let forward = new Float64Array(256);
let before = new Float64Array(256);

/** The likeliest parameters for expected counts. Guess and slip stay under one half, or the two states would change places. */
function maximise(counts: Counts, forgetting: boolean): BktParameters {
  return {
    known: ratio(counts.known, counts.sequences, 0.99),
    learn: ratio(counts.learned, counts.fromNot, 0.9),
    forget: forgetting ? ratio(counts.forgot, counts.fromKnown, 0.5) : 0,
    guess: ratio(counts.guessed, counts.inNot, 0.5),
    slip: ratio(counts.slipped, counts.inKnown, 0.5),
  };
}

/** A share with one part in two of a hundredth added, within [.001, most]. */
function ratio(part: number, whole: number, most: number): number {
  return Math.min(most, Math.max(0.001, (part + 0.01) / (whole + 0.02)));
}

const KEYS = [
  'sequences',
  'known',
  'fromNot',
  'learned',
  'fromKnown',
  'forgot',
  'inNot',
  'guessed',
  'inKnown',
  'slipped',
] as const satisfies readonly (keyof Counts)[];

function emptyCounts(): Counts {
  return {
    sequences: 0,
    known: 0,
    fromNot: 0,
    learned: 0,
    fromKnown: 0,
    forgot: 0,
    inNot: 0,
    guessed: 0,
    inKnown: 0,
    slipped: 0,
  };
}

function clear(counts: Counts): void {
  for (const key of KEYS) counts[key] = 0;
}
