/**
 * Boosted symmetric trees (as in CatBoost, Prokhorenkova et al. 2018): every level of a tree asks one question of all rows, so a tree of
 * depth k is k (input, threshold) pairs and 2ᵏ leaf values, in logits.
 */
export interface Trees {
  depth: number;
  /** Input asked at each level, tree after tree. */
  inputs: Uint8Array;
  /** In units of 1 / TREE_UNIT. The bit is set where the input is over the threshold. */
  thresholds: Int32Array;
  /** Leaf values, 2^depth a tree. */
  leaves: Float32Array;
}

/** Inputs are compared in fixed point, 2⁻¹⁶ each: a sign bit costs less than a branch that cannot be foreseen. */
export const TREE_UNIT = 65_536;

/** An input in fixed point. Inputs lie well within ±16,000. */
export function toFixed(value: number): number {
  return Math.round(value * TREE_UNIT) | 0;
}

/** The sum of all trees' leaves for a row in fixed point, logits. */
export function treesLogit(trees: Trees, fixed: Int32Array): number {
  const { depth, inputs, thresholds, leaves } = trees;
  const size = 1 << depth;
  let sum = 0;
  for (let level = 0, base = 0; level < inputs.length; base += size) {
    let leaf = 0;
    for (let bit = 0; bit < depth; bit++, level++)
      leaf |= ((thresholds[level]! - fixed[inputs[level]!]!) >>> 31) << bit;
    sum += leaves[base + leaf]!;
  }
  return sum;
}
