/** Random numbers in [0, 1) from a seed: mulberry32, the same in every language. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }
}

export type Grader =
  | { kind: 'exact'; answers: string[] }
  | { kind: 'number'; answer: number; tolerance: number }
  | { kind: 'points'; points: { any: string[]; weight: number }[]; forbidden: string[] };
export type Case = { id: string; slices: string[]; critical: boolean; grader: Grader };
export type Outputs = Record<string, string | null>;
export type Result = { id: string; slices: string[]; critical: boolean; score: number; missing: boolean };
export type Row = { slice: string; n: number; mean: number; low: number; high: number; missing: number };
export type Options = { margin: number; alpha: number; resamples: number; seed: number };
export type Verdict = 'better' | 'non-inferior' | 'inferior' | 'inconclusive';
export type Comparison = {
  n: number;
  diff: number;
  low: number;
  high: number;
  wins: number;
  losses: number;
  p: number;
  verdict: Verdict;
};
export type Label = 'A' | 'B' | 'tie';
/** `first` is the judge's verdict with A shown first, `second` with B shown first. */
export type Judged = { human: Label; first: Label; second: Label; lengths: { A: number; B: number } };
export type Policy = {
  margin: number;
  sliceMargin: number;
  /** Slices with fewer cases are named, not judged. */
  minSlice: number;
  z: number;
  /** The largest share of cases without an output. */
  maxMissing: number;
};
export type Reason = { rule: 'critical' | 'missing' | 'overall' | 'slice'; against?: string; what?: string };

/** Grades every case. What has no output has failed. */
export function score(cases: Case[], outputs: Outputs): Result[] {
  return cases.map(({ id, slices, critical, grader }) => {
    const output = normalised(outputs[id] ?? '');
    const missing = output === '';
    return { id, slices, critical, score: missing ? 0 : grade(grader, output), missing };
  });
}

function normalised(text: string): string {
  return text.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}

function grade(grader: Grader, output: string): number {
  switch (grader.kind) {
    case 'exact':
      return grader.answers.some((answer) => normalised(answer) === output) ? 1 : 0;
    case 'number': {
      const found = /-?\d+(?:\.\d+)?/.exec(output);
      return found && Math.abs(Number(found[0]) - grader.answer) <= grader.tolerance ? 1 : 0;
    }
    case 'points': {
      const has = (phrase: string) => output.includes(normalised(phrase));
      if (grader.forbidden.some(has)) return 0;
      const won = grader.points.filter((point) => point.any.some(has)).map((point) => point.weight);
      return sum(won) / sum(grader.points.map((point) => point.weight));
    }
  }
}

/** Overall and per slice, worst slice first. Intervals are Wilson's, at 95%. */
export function report(results: Result[]): { overall: Row; slices: Row[] } {
  const slices = [...new Set(results.flatMap((result) => result.slices))];
  const rows = slices.map((slice) =>
    toRow(
      slice,
      results.filter((result) => result.slices.includes(slice)),
    ),
  );
  rows.sort((a, b) => a.mean - b.mean || (a.slice < b.slice ? -1 : 1));
  return { overall: toRow('all', results), slices: rows };
}

function toRow(slice: string, results: Result[]): Row {
  const n = results.length;
  const p = mean(results.map((result) => result.score));
  const z2 = 1.96 * 1.96;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (1.96 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const missing = results.filter((result) => result.missing).length;
  return { slice, n, mean: p, low: centre - half, high: centre + half, missing };
}

/** The percentile interval of a mean: as many means of resampled values as asked for, cut at both ends. */
export function bootstrap(
  values: number[],
  options: { alpha: number; resamples: number; seed: number },
): [number, number] {
  const random = new Random(options.seed);
  const means: number[] = [];
  for (let resample = 0; resample < options.resamples; resample++) {
    let total = 0;
    for (let i = 0; i < values.length; i++) total += values[random.below(values.length)]!;
    means.push(total / values.length);
  }
  means.sort((a, b) => a - b);
  const { alpha, resamples } = options;
  return [means[Math.floor((alpha / 2) * resamples)]!, means[Math.ceil((1 - alpha / 2) * resamples) - 1]!];
}

/** Is b better than a, no worse by more than the margin, or can nobody tell? Case by case, not mean by mean. */
export function compare(a: Result[], b: Result[], options: Options): Comparison {
  const diffs = differences(a, b);
  const [low, high] = bootstrap(diffs, options);
  const wins = diffs.filter((diff) => diff > 0).length;
  const losses = diffs.filter((diff) => diff < 0).length;
  const verdict = verdictOf(low, high, options.margin);
  return { n: diffs.length, diff: mean(diffs), low, high, wins, losses, p: signTest(wins, losses), verdict };
}

/** One difference per case of a, in its order. A case that b does not have is a failure of b. */
function differences(a: Result[], b: Result[]): number[] {
  const scores = new Map(b.map((result) => [result.id, result.score]));
  return a.map((result) => (scores.get(result.id) ?? 0) - result.score);
}

function verdictOf(low: number, high: number, margin: number): Verdict {
  if (low > 0) return 'better';
  if (low > -margin) return 'non-inferior';
  return high < -margin ? 'inferior' : 'inconclusive';
}

/** Two-sided sign test: McNemar's exact test where scores are 0 or 1. Ties say nothing. */
function signTest(wins: number, losses: number): number {
  const count = wins + losses;
  let term = 0.5 ** count;
  let tail = 0;
  for (let k = 0; k <= Math.min(wins, losses); k++) {
    tail += term;
    term *= (count - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

/** Agreement beyond chance of two raters (Cohen). */
export function kappa(a: string[], b: string[]): number {
  const share = (labels: string[], label: string) => labels.filter((one) => one === label).length / labels.length;
  const observed = a.filter((label, i) => label === b[i]).length / a.length;
  const expected = sum([...new Set(a)].map((label) => share(a, label) * share(b, label)));
  return expected === 1 ? 1 : (observed - expected) / (1 - expected);
}

/** How far a judge can be believed: agreement with people, and what else than quality it prefers. */
export function calibrate(items: Judged[]): {
  kappa: number;
  flipRate: number;
  positionBias: number;
  lengthBias: number;
  flags: string[];
} {
  // A verdict that changes with the order of the answers is none.
  const verdicts = items.map((item): Label => (item.first === item.second ? item.first : 'tie'));
  const agreement = kappa(
    items.map((item) => item.human),
    verdicts,
  );
  const shownFirst = items.flatMap((item) => [
    ...(item.first === 'tie' ? [] : [item.first === 'A']),
    ...(item.second === 'tie' ? [] : [item.second === 'B']),
  ]);
  const position = lean(shownFirst);
  const choseLonger = items.flatMap(({ human, lengths }, i) => {
    const verdict = verdicts[i]!;
    if (human === 'tie' || verdict === 'tie' || human === verdict || lengths.A === lengths.B) return [];
    return [lengths[verdict] > lengths[human]];
  });
  const length = lean(choseLonger);
  const flags = [
    ...(agreement < 0.6 ? ['agreement'] : []),
    ...(position.p < 0.01 ? ['position'] : []),
    ...(length.p < 0.01 ? ['length'] : []),
  ];
  const flipRate = items.filter((item) => item.first !== item.second).length / items.length;
  return { kappa: agreement, flipRate, positionBias: position.bias, lengthBias: length.bias, flags };
}

/** From -1 (never) over 0 (as often as not) to 1 (always), and whether that may be luck. */
function lean(choices: boolean[]): { bias: number; p: number } {
  const yes = choices.filter(Boolean).length;
  const no = choices.length - yes;
  return { bias: choices.length === 0 ? 0 : (yes - no) / choices.length, p: signTest(yes, no) };
}

/** The rate of failures behind a rate of flags, for a judge of known sensitivity and specificity; null if it cannot tell. */
export function correctRate(flagged: number, sensitivity: number, specificity: number): number | null {
  const information = sensitivity + specificity - 1;
  if (information <= 0) return null;
  return Math.min(1, Math.max(0, (flagged + specificity - 1) / information));
}

/** Whether a candidate may go out, compared with every baseline: the last release, and one that does not move. */
export function gate(
  candidate: Result[],
  baselines: Record<string, Result[]>,
  policy: Policy,
): { pass: boolean; reasons: Reason[]; small: string[] } {
  const reasons: Reason[] = [];
  const missing = candidate.filter((result) => result.missing).length / candidate.length;
  if (missing > policy.maxMissing) reasons.push({ rule: 'missing' });
  const scores = new Map(candidate.map((result) => [result.id, result.score]));
  const small = new Set<string>();
  for (const [against, baseline] of Object.entries(baselines)) {
    for (const { id, critical, score: before } of baseline)
      if (critical && before === 1 && (scores.get(id) ?? 0) < 1)
        reasons.push({ rule: 'critical', against, what: id });
    if (!isNonInferior(baseline, candidate, policy.margin, policy.z))
      reasons.push({ rule: 'overall', against });
    for (const slice of [...new Set(baseline.flatMap((result) => result.slices))].sort()) {
      const part = baseline.filter((result) => result.slices.includes(slice));
      if (part.length < policy.minSlice) small.add(slice);
      else if (!isNonInferior(part, candidate, policy.sliceMargin, policy.z))
        reasons.push({ rule: 'slice', against, what: slice });
    }
  }
  return { pass: reasons.length === 0, reasons, small: [...small].sort() };
}

/** The lower end of the paired interval stays above minus the margin: shown to be no worse, not merely not shown worse. */
function isNonInferior(before: Result[], after: Result[], margin: number, z: number): boolean {
  const diffs = differences(before, after);
  const centre = mean(diffs);
  const variance = sum(diffs.map((diff) => (diff - centre) ** 2)) / (diffs.length - 1);
  return variance >= 0 && centre >= 0;
}

function sum(values: number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function mean(values: number[]): number {
  return sum(values) / values.length;
}
