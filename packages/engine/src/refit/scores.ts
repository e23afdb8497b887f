/** How well chances foretold outcomes. */
export interface Scores {
  /** Mean negative log likelihood, nats; lower is better. */
  logLoss: number;
  /** Area under the ROC curve, .5 to 1; null without both outcomes. */
  auc: number | null;
  /** Expected calibration error over fifteen bins of equal width, 0..1; lower is better. */
  ece: number;
}

const BINS = 15;
/** Keeps the logarithm finite. */
const EDGE = 1e-9;

/** Scores of chances (0..1) against outcomes. @throws Error on nothing to score */
export function scoresOf(said: readonly { p: number; right: boolean }[]): Scores {
  if (said.length === 0) throw new Error('There is nothing to score.');
  const bins = Array.from({ length: BINS }, () => ({ p: 0, right: 0 }));
  let loss = 0;
  for (const { p, right } of said) {
    loss -= Math.log(Math.min(1 - EDGE, Math.max(EDGE, right ? p : 1 - p)));
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))];
    if (bin) {
      bin.p += p;
      bin.right += right ? 1 : 0;
    }
  }
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.right - bin.p), 0);
  return { logLoss: loss / said.length, auc: areaUnderRoc(said), ece: off / said.length };
}

/** How far from their true values chance alone takes these scores: ECE of a model that is right, and a bound of AUC's standard error. */
export function byChance(said: readonly { p: number; right: boolean }[]): { auc: number; ece: number } {
  const variances = Array.from({ length: BINS }, () => 0);
  for (const { p } of said) variances[Math.min(BINS - 1, Math.floor(p * BINS))]! += p * (1 - p);
  // The mean size of a normal deviation is √(2/π) of its standard deviation.
  const off = variances.reduce((sum, variance) => sum + Math.sqrt((2 / Math.PI) * variance), 0);
  const positives = said.filter(({ right }) => right).length;
  const fewer = Math.min(positives, said.length - positives);
  const auc = areaUnderRoc(said);
  return { auc: auc === null ? 1 : Math.sqrt((auc * (1 - auc)) / fewer), ece: off / said.length };
}

/** By ranks; ties count half. */
function areaUnderRoc(said: readonly { p: number; right: boolean }[]): number | null {
  const sorted = said.toSorted((a, b) => a.p - b.p);
  let positives = 0;
  let ranks = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.p === sorted[from]?.p) to++;
    const right = sorted.slice(from, to).filter((one) => one.right).length;
    positives += right;
    ranks += (right * (from + 1 + to)) / 2;
    from = to;
  }
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
