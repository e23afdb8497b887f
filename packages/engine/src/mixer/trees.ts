/**
 * Boosted symmetric trees (as in CatBoost, Prokhorenkova et al. 2018): every level of a tree asks one question of all rows, so a tree of
 * depth k is k (input, threshold) pairs and 2ᵏ leaf values, in logits.
 */
export interface Trees {
  depth: number;
  /** Input asked at each level, tree after tree. */
  inputs: readonly number[];
  /** The bit is set where the input is over the threshold. */
  thresholds: readonly number[];
  /** Leaf values, 2^depth a tree. */
  leaves: readonly number[];
}

/** The sum of all trees' leaves for a row, logits. */
export function treesLogit(trees: Trees, x: Float64Array | Float32Array, at = 0): number {
  const { depth, inputs, thresholds, leaves } = trees;
  const size = 1 << depth;
  let sum = 0;
  for (let level = 0, base = 0; level < inputs.length; base += size) {
    let leaf = 0;
    for (let bit = 0; bit < depth; bit++, level++)
      if ((x[at + (inputs[level] as number)] as number) > (thresholds[level] as number)) leaf |= 1 << bit;
    sum += leaves[base + leaf] as number;
  }
  return sum;
}
