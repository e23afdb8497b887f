/** The logistic function: logits to a probability, 0..1. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Probability to logits. Arguments within 1e-6 of 0 or 1 are moved off the edge, so that the result is finite. */
export function logit(p: number): number {
  const inside = p < 1e-6 ? 1e-6 : p > 1 - 1e-6 ? 1 - 1e-6 : p;
  return Math.log(inside / (1 - inside));
}
