export type Result = { id: string; slices: string[]; critical: boolean; score: number; missing: boolean };
export type Label = 'A' | 'B' | 'tie';
export type Judged = { human: Label; first: Label; second: Label; lengths: { A: number; B: number } };
export type Options = { margin: number; alpha: number; resamples: number; seed: number };

export type Step = { call: string; args: unknown[] };
export type Drive = (step: Step) => Promise<unknown>;
export type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};

/** Chance of the grader's own, for what is counted over many runs: it must not depend on a lucky draw. */
export function fixedChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32;
  };
}

export const result = (id: string, score: number, slices: string[] = [], critical = false): Result => ({ id, slices, critical, score, missing: false });

export const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
export const mean = (values: number[]) => sum(values) / values.length;

/** The generator of the starter, once more, in the words of its definition. */
function mulberry(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function bootstrap(values: number[], { alpha, resamples, seed }: Pick<Options, 'alpha' | 'resamples' | 'seed'>): [number, number] {
  const next = mulberry(seed);
  const means = Array.from({ length: resamples }, () => mean(values.map(() => values[Math.floor(next() * values.length)]!)));
  means.sort((x, y) => x - y);
  return [means[Math.floor((alpha / 2) * resamples)]!, means[Math.ceil((1 - alpha / 2) * resamples) - 1]!];
}

/** The chance of a result at least as lopsided, by adding up logarithms of factorials. */
export function signTest(wins: number, losses: number): number {
  const logFactorial = (n: number) => {
    let total = 0;
    for (let i = 2; i <= n; i++) total += Math.log(i);
    return total;
  };
  const n = wins + losses;
  let tail = 0;
  for (let k = 0; k <= Math.min(wins, losses); k++)
    tail += Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k) - n * Math.LN2);
  return Math.min(1, 2 * tail);
}

export const diffsOf = (a: Result[], b: Result[]) => a.map((one) => (b.find((other) => other.id === one.id)?.score ?? 0) - one.score);

export function compare(a: Result[], b: Result[], options: Options) {
  const diffs = diffsOf(a, b);
  const [low, high] = bootstrap(diffs, options);
  const wins = diffs.filter((diff) => diff > 0).length;
  const losses = diffs.filter((diff) => diff < 0).length;
  const verdict = low > 0 ? 'better' : low > -options.margin ? 'non-inferior' : high < -options.margin ? 'inferior' : 'inconclusive';
  return { n: diffs.length, diff: mean(diffs), low, high, wins, losses, p: signTest(wins, losses), verdict };
}

export function kappa(a: string[], b: string[]): number {
  const labels = [...new Set([...a, ...b])];
  const table = labels.map((x) => labels.map((y) => a.filter((one, i) => one === x && b[i] === y).length / a.length));
  const observed = sum(labels.map((_, i) => table[i]![i]!));
  const expected = sum(labels.map((_, i) => sum(table[i]!) * sum(table.map((row) => row[i]!))));
  return Math.abs(expected - 1) < 1e-12 ? 1 : (observed - expected) / (1 - expected);
}

export function calibrate(items: Judged[]) {
  const verdict = ({ first, second }: Judged) => (first === second ? first : 'tie');
  let [firstShown, secondShown, longer, shorter] = [0, 0, 0, 0];
  for (const item of items) {
    if (item.first === 'A') firstShown++;
    if (item.first === 'B') secondShown++;
    if (item.second === 'B') firstShown++;
    if (item.second === 'A') secondShown++;
    const chosen = verdict(item);
    if (chosen === 'tie' || item.human === 'tie' || chosen === item.human) continue;
    const by = item.lengths[chosen] - item.lengths[item.human];
    if (by > 0) longer++;
    if (by < 0) shorter++;
  }
  const bias = (yes: number, no: number) => (yes + no === 0 ? 0 : (yes - no) / (yes + no));
  const agreement = kappa(
    items.map((item) => item.human),
    items.map(verdict),
  );
  return {
    kappa: agreement,
    flipRate: items.filter((item) => item.first !== item.second).length / items.length,
    positionBias: bias(firstShown, secondShown),
    lengthBias: bias(longer, shorter),
    flags: [
      ...(agreement < 0.6 ? ['agreement'] : []),
      ...(signTest(firstShown, secondShown) < 0.01 ? ['position'] : []),
      ...(signTest(longer, shorter) < 0.01 ? ['length'] : []),
    ],
  };
}

/** Wilson's interval: the shares p for which the observed one is 1.96 standard errors away. */
export function wilson(share: number, n: number): [number, number] {
  const q = 1.96 ** 2 / n;
  const root = Math.sqrt(q * share * (1 - share) + (q * q) / 4);
  return [(share + q / 2 - root) / (1 + q), (share + q / 2 + root) / (1 + q)];
}
