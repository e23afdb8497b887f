import { sigmoid } from '../mixer/maths.ts';
import { toFixed, type Trees } from '../mixer/trees.ts';
import type { Rows } from './rows.ts';

/** How trees are grown. */
export interface BoostOptions {
  trees: number;
  depth: number;
  /** Share of each leaf's Newton step that is taken. */
  rate: number;
  /** Share of the rows that each tree sees, by a fixed pattern. */
  sample: number;
  /** Rows a tree sees, at most. */
  most: number;
  /** Added to each leaf's curvature. */
  penalty: number;
}

export const BOOST: BoostOptions = {
  trees: 50,
  depth: 6,
  rate: 0.12,
  sample: 0.8,
  most: 100_000,
  penalty: 20,
};

const BINS = 32;
/** Rows that thresholds are taken from, at most. */
const QUANTILE_ROWS = 20_000;

/**
 * Symmetric trees on top of given logits, by gradient boosting with Newton leaves. Deterministic: the rows a tree sees follow from their
 * number and the tree's.
 * @param start logits of the rows before the first tree; changed in place to those after the last.
 * @param columns the inputs that may be asked.
 */
export function boost(
  rows: Rows,
  start: Float64Array,
  columns: readonly number[],
  options: BoostOptions = BOOST,
): Trees {
  const edges = columns.map((j) => thresholdsOf(rows, j));
  const asked = columns.filter((_, c) => edges[c]!.length > 0);
  const cuts = edges.filter((list) => list.length > 0);
  const bins = asked.map((j, c) => binned(rows, j, cuts[c]!));
  const trees: { inputs: number[]; thresholds: number[]; leaves: number[] } = {
    inputs: [],
    thresholds: [],
    leaves: [],
  };
  const gradient = new Float32Array(rows.size);
  const curvature = new Float32Array(rows.size);
  const leaf = new Uint8Array(rows.size);
  const picked = new Int32Array(rows.size);
  const sample = Math.min(options.sample, options.most / rows.size);
  for (let tree = 0; tree < options.trees; tree++) {
    let count = 0;
    for (let row = 0; row < rows.size; row++) {
      leaf[row] = 0;
      if (!chosen(row, tree, sample)) continue;
      const p = sigmoid(start[row]!);
      gradient[row] = rows.weight[row]! * (rows.y[row]! - p);
      curvature[row] = rows.weight[row]! * p * (1 - p);
      picked[count++] = row;
    }
    const seen = picked.subarray(0, count);
    for (let level = 0; level < options.depth; level++) {
      const { column, bin } = bestSplit(
        seen,
        leaf,
        bins,
        cuts,
        gradient,
        curvature,
        1 << level,
        options.penalty,
      );
      trees.inputs.push(asked[column] as number);
      trees.thresholds.push(cuts[column]![bin] as number);
      const values = bins[column]!;
      for (let row = 0; row < rows.size; row++) if (values[row]! > bin) leaf[row]! |= 1 << level;
    }
    const size = 1 << options.depth;
    const g = new Float64Array(size);
    const h = new Float64Array(size);
    for (const row of seen) {
      g[leaf[row]!]! += gradient[row]!;
      h[leaf[row]!]! += curvature[row]!;
    }
    const value = g.map((sum, k) => (options.rate * sum) / (h[k]! + options.penalty * sample));
    for (let row = 0; row < rows.size; row++) start[row]! += value[leaf[row]!]!;
    trees.leaves.push(...value);
  }
  return {
    depth: options.depth,
    inputs: Uint8Array.from(trees.inputs),
    thresholds: Int32Array.from(trees.thresholds),
    leaves: Float32Array.from(trees.leaves),
  };
}

/** The question that lowers the loss most when asked of every leaf of the level. */
function bestSplit(
  seen: Int32Array,
  leaf: Uint8Array,
  bins: readonly Uint8Array[],
  cuts: readonly (readonly number[])[],
  gradient: Float32Array,
  curvature: Float32Array,
  leaves: number,
  penalty: number,
): { column: number; bin: number } {
  let best = { column: 0, bin: 0 };
  let most = -1;
  const g = new Float64Array(leaves * BINS);
  const h = new Float64Array(leaves * BINS);
  for (const [column, values] of bins.entries()) {
    g.fill(0);
    h.fill(0);
    for (let k = 0; k < seen.length; k++) {
      const row = seen[k]!;
      const cell = leaf[row]! * BINS + values[row]!;
      g[cell]! += gradient[row]!;
      h[cell]! += curvature[row]!;
    }
    const gains = new Float64Array(BINS);
    const last = cuts[column]!.length;
    for (let l = 0; l < leaves; l++) {
      let totalG = 0;
      let totalH = 0;
      for (let b = 0; b <= last; b++) {
        totalG += g[l * BINS + b]!;
        totalH += h[l * BINS + b]!;
      }
      let leftG = 0;
      let leftH = 0;
      for (let b = 0; b < last; b++) {
        leftG += g[l * BINS + b]!;
        leftH += h[l * BINS + b]!;
        const rightG = totalG - leftG;
        gains[b]! += (leftG * leftG) / (leftH + penalty) + (rightG * rightG) / (totalH - leftH + penalty);
      }
    }
    for (let b = 0; b < last; b++)
      if (gains[b]! > most) {
        most = gains[b]!;
        best = { column, bin: b };
      }
  }
  return best;
}

/** A fixed pseudo-random subset of rows for each tree. */
function chosen(row: number, tree: number, share: number): boolean {
  let hash = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(tree + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296 < share;
}

/** Quantiles of an input in fixed point, each once, at most one fewer than there are bins. */
function thresholdsOf(rows: Rows, column: number): number[] {
  const every = Math.max(1, Math.ceil(rows.size / QUANTILE_ROWS));
  const values: number[] = [];
  for (let row = 0; row < rows.size; row += every) values.push(toFixed(rows.x[row * rows.width + column]!));
  values.sort((a, b) => a - b);
  const cuts: number[] = [];
  for (let b = 1; b < BINS; b++) {
    const value = values[Math.floor((b * values.length) / BINS)] as number;
    if (value < (values.at(-1) as number) && value !== cuts.at(-1)) cuts.push(value);
  }
  return cuts;
}

/** The bin of each row: how many thresholds its value is over. */
function binned(rows: Rows, column: number, cuts: readonly number[]): Uint8Array {
  const bins = new Uint8Array(rows.size);
  for (let row = 0; row < rows.size; row++) {
    const value = toFixed(rows.x[row * rows.width + column]!);
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value > cuts[middle]!) low = middle + 1;
      else high = middle;
    }
    bins[row] = low;
  }
  return bins;
}
