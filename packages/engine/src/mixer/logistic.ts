/** A logistic regression on raw inputs: intercept + Σ weight · input, in logits. */
export interface LinearModel {
  intercept: number;
  weights: readonly number[];
}

/** Its logit for the row of `x` that starts at `at`. */
export function linearLogit(model: LinearModel, x: Float32Array, at = 0): number {
  const { weights } = model;
  let sum = model.intercept;
  for (let j = 0; j < weights.length; j++) sum += (weights[j] as number) * (x[at + j] as number);
  return sum;
}
