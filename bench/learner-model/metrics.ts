/** Area under the ROC curve by ranks; ties count half. NaN without both outcomes. */
export function auc(p: ArrayLike<number>, y: ArrayLike<number>): number {
  const order = Array.from({ length: p.length }, (_, k) => k).sort((a, b) => p[a]! - p[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && p[order[to]!] === p[order[from]!]) to++;
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k++)
      if (y[order[k]!] === 1) {
        positives += 1;
        rankSum += rank;
      }
    from = to;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean negative log likelihood, nats; chances are kept 1e-9 off 0 and 1. */
export function logLoss(p: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < p.length; k++) {
    const q = Math.min(1 - 1e-9, Math.max(1e-9, p[k]!));
    sum -= Math.log(y[k] === 1 ? q : 1 - q);
  }
  return sum / p.length;
}

/** Expected calibration error over bins of equal width: mean |share right − mean p|, weighted by the bins' sizes. */
export function ece(p: ArrayLike<number>, y: ArrayLike<number>, bins = 15): number {
  const n = new Float64Array(bins);
  const chance = new Float64Array(bins);
  const right = new Float64Array(bins);
  for (let k = 0; k < p.length; k++) {
    const bin = Math.min(bins - 1, Math.floor(p[k]! * bins));
    n[bin]! += 1;
    chance[bin]! += p[k]!;
    right[bin]! += y[k]!;
  }
  let sum = 0;
  for (let bin = 0; bin < bins; bin++) sum += Math.abs(right[bin]! - chance[bin]!);
  return sum / p.length;
}
