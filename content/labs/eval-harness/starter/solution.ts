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

export function score(cases: Case[], outputs: Outputs): Result[] {
  return [];
}

export function report(results: Result[]): { overall: Row; slices: Row[] } {
  return { overall: { slice: 'all', n: 0, mean: 0, low: 0, high: 0, missing: 0 }, slices: [] };
}

export function bootstrap(
  values: number[],
  options: { alpha: number; resamples: number; seed: number },
): [number, number] {
  return [0, 0];
}

export function compare(a: Result[], b: Result[], options: Options): Comparison {
  return { n: 0, diff: 0, low: 0, high: 0, wins: 0, losses: 0, p: 1, verdict: 'inconclusive' };
}

export function kappa(a: string[], b: string[]): number {
  return 0;
}

export function calibrate(items: Judged[]): {
  kappa: number;
  flipRate: number;
  positionBias: number;
  lengthBias: number;
  flags: string[];
} {
  return { kappa: 0, flipRate: 0, positionBias: 0, lengthBias: 0, flags: [] };
}

export function correctRate(flagged: number, sensitivity: number, specificity: number): number | null {
  return flagged;
}

export function gate(
  candidate: Result[],
  baselines: Record<string, Result[]>,
  policy: Policy,
): { pass: boolean; reasons: Reason[]; small: string[] } {
  return { pass: false, reasons: [], small: [] };
}
