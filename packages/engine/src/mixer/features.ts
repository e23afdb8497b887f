import { logit } from './maths.ts';
import type { Id, Population } from './population.ts';
import { DECAYS, unpackItem, type LearnerTrack } from './track.ts';

/** What is asked: the next answer of a learner. With `item` null it is a typical item of the skill, about which nothing is known. */
export interface Question {
  skill: Id;
  item: Id | null;
  /** Seconds on the clock of the answers; null if unknown. */
  ts: number | null;
}

/** The mixer's inputs in order. Logits unless the name says log (natural logarithm of 1 + count) or the text in docs/engine.md says else. */
export const FEATURES = [
  'elo',
  'eloSingle',
  'bkt',
  'itemMean',
  'skillMean',
  'skillRecent5',
  'skillRecent7',
  'skillRecent9',
  'recent80',
  'recent95',
  'recent99',
  'logSkillRight',
  'logSkillWrong',
  'logItemRight',
  'logItemWrong',
  'logRight',
  'logWrong',
  'itemLast',
  'streakRight',
  'streakWrong',
  'firstOnSkill',
  'logGapTime',
  'logGapAnswers',
  'sameSkill',
  'lastOutcome',
  'delta',
  'theta',
  'skillSurprise',
  'surprise',
  'itemEvidence',
  'deviation',
  'difficulty',
  'evidenceElo',
  'evidenceBkt',
  'evidenceRecent',
  'allEvidenceElo',
  'allEvidenceRecent',
  'itemEvidenceMean',
  'firstSkillMean',
  'sameSkillLast',
  'gapBkt',
] as const;

export type Feature = (typeof FEATURES)[number];

/** Gaps count from ten minutes up: shorter ones hold the time spent on the answer to be predicted. */
const GAP_UNIT_SECONDS = 600;
const STREAK_CAP = 5;

/** Difficulty of a question in both ratings, logits: the skill's, and what is known of the item beyond it. */
export function difficultyOf(
  population: Population,
  skill: Id,
  item: Id | null,
): { multi: number; single: number } {
  const known = population.skills.get(skill) ?? population.prior;
  const own = item === null ? undefined : population.items.get(item);
  return { multi: known.difficulty + (own?.deviation ?? 0), single: known.single + (own?.single ?? 0) };
}

/** Writes the inputs of a question into `x` from `at` on. Before any answer to it: nothing of the outcome is in them. */
export function extract(
  track: LearnerTrack,
  population: Population,
  question: Question,
  x: Float32Array,
  at = 0,
): void {
  const { skill, item, ts } = question;
  const known = population.skills.get(skill) ?? population.prior;
  const own = track.skills[skill];
  const kept = item === null ? undefined : population.items.get(item);
  const packed = item === null ? undefined : track.items[item];
  const n = own === undefined ? 0 : own.n;
  const right = own === undefined ? 0 : own.s;
  const streak = own === undefined ? 0 : own.streak;
  const delta = own === undefined ? 0 : own.delta;
  const deviation = kept === undefined ? 0 : kept.deviation;
  const itemMean = kept === undefined ? known.mean : kept.mean;
  const itemEvidence = kept === undefined ? 0 : kept.evidence;
  const counts = packed === undefined ? NONE : unpackItem(packed);
  const elo = track.theta + delta - known.difficulty - deviation;
  const { bkt } = known;
  const chance = own === undefined ? bkt.known : own.known;
  const bktLogit = logit(chance * (1 - bkt.slip) + (1 - chance) * bkt.guess);
  const recent7 = share(own === undefined ? 0 : own.s7, DECAYS.s7, n);
  const recent95 = share(track.s95, DECAYS.s95, track.n);
  const { last } = track;
  const lastOutcome = last === null ? 0 : last.right ? 1 : -1;
  const sameSkill = last !== null && last.skill === skill ? 1 : 0;
  const first = own === undefined || own.n === 0 ? 1 : 0;
  const gap = gapTime(own === undefined ? null : own.ts, ts);
  const evidence = logOf(n);
  const allEvidence = logOf(track.n);
  let i = at;
  x[i++] = elo;
  x[i++] = track.single - known.single - (kept === undefined ? 0 : kept.single);
  x[i++] = bktLogit;
  x[i++] = itemMean;
  x[i++] = known.mean;
  x[i++] = share(own === undefined ? 0 : own.s5, DECAYS.s5, n);
  x[i++] = recent7;
  x[i++] = share(own === undefined ? 0 : own.s9, DECAYS.s9, n);
  x[i++] = share(track.s80, DECAYS.s80, track.n);
  x[i++] = recent95;
  x[i++] = share(track.s99, DECAYS.s99, track.n);
  x[i++] = logOf(right);
  x[i++] = logOf(n - right);
  x[i++] = logOf(counts.s);
  x[i++] = logOf(counts.n - counts.s);
  x[i++] = logOf(track.s);
  x[i++] = logOf(track.n - track.s);
  x[i++] = packed === undefined ? 0 : 2 * counts.last - 1;
  x[i++] = streak > 0 ? Math.min(STREAK_CAP, streak) : 0;
  x[i++] = streak < 0 ? Math.min(STREAK_CAP, -streak) : 0;
  x[i++] = first;
  x[i++] = gap;
  x[i++] = own === undefined ? 0 : logOf(Math.max(0, track.n - own.index));
  x[i++] = sameSkill;
  x[i++] = lastOutcome;
  x[i++] = delta;
  x[i++] = track.theta;
  x[i++] = own === undefined ? 0 : own.surprise;
  x[i++] = track.surprise;
  x[i++] = itemEvidence;
  x[i++] = deviation;
  x[i++] = known.difficulty;
  x[i++] = evidence * elo;
  x[i++] = evidence * bktLogit;
  x[i++] = evidence * recent7;
  x[i++] = allEvidence * elo;
  x[i++] = allEvidence * recent95;
  x[i++] = itemEvidence * itemMean;
  x[i++] = first * known.mean;
  x[i++] = sameSkill * lastOutcome;
  x[i++] = gap * bktLogit;
}

const NONE = { n: 0, s: 0, last: 0 };

/** Logit of the decayed share of right answers with half a success in one answer as prior. */
export function share(sum: number, rate: number, n: number): number {
  const total = weightOf(rate, n);
  return Math.log((sum + 0.5) / (total - sum + 0.5));
}

/** (1 − γⁿ) / (1 − γ): what the decayed weights of n answers add up to. Whole n are looked up. */
function weightOf(rate: number, n: number): number {
  if (n >= TABLE || n !== Math.floor(n)) return (1 - rate ** n) / (1 - rate);
  return WEIGHTS[ROWS[(100 * rate) | 0]! * TABLE + n]!;
}

/** ln(1 + n). Whole n are looked up: it is asked for eleven times a question. */
function logOf(n: number): number {
  return n < TABLE && n === Math.floor(n) ? LOGS[n]! : Math.log1p(n);
}

const TABLE = 2048;
const LOGS = Float64Array.from({ length: TABLE }, (_, n) => Math.log1p(n));
const RATES = Object.values(DECAYS);
/** Row of each rate in the table, by its hundredths. */
const ROWS = Uint8Array.from({ length: 100 }, (_, hundredths) =>
  Math.max(
    0,
    RATES.findIndex((rate) => ((100 * rate) | 0) === hundredths),
  ),
);
const WEIGHTS = Float64Array.from({ length: RATES.length * TABLE }, (_, k) => {
  const rate = RATES[Math.floor(k / TABLE)]!;
  return (1 - rate ** (k % TABLE)) / (1 - rate);
});

function gapTime(then: number | null, now: number | null): number {
  return then === null || now === null ? 0 : Math.log1p(Math.max(0, now - then) / GAP_UNIT_SECONDS);
}
