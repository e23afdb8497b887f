import { sigmoid } from '../mixer/maths.ts';
import type { LinearModel } from '../mixer/logistic.ts';
import type { Rows } from './rows.ts';
import { solve } from './solve.ts';

/** Ridge penalty on standardised weights; the log likelihood it stands against is a sum over rows. The intercept is free. */
const PENALTY = 3;
/** Rows in the first rounds, about. */
const PART = 30_000;
const MAX_ROUNDS = 12;
/** Newton stops when no weight moves by more. */
const TOLERANCE = 1e-4;

/**
 * Logistic regression by Newton's method (IRLS) on standardised inputs; the result is for raw ones. Inputs that never vary get weight 0.
 * @param columns the inputs used; the others get weight 0.
 */
export function fitLogistic(rows: Rows, columns: readonly number[], penalty = PENALTY): LinearModel {
  const { mean, scale } = moments(rows);
  const used = columns.filter((j) => scale[j]! > 0);
  const size = used.length + 1;
  const beta = new Float64Array(size);
  const z = new Float64Array(size);
  // A part of the rows finds the place, two rounds over all of them refine it.
  let every = Math.max(1, Math.floor(rows.size / PART));
  let full = 0;
  for (let round = 0; round < MAX_ROUNDS && full < 2; round++) {
    if (every === 1) full += PART < rows.size ? 1 : 0;
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    for (let row = 0; row < rows.size; row += every) {
      const at = row * rows.width;
      z[0] = 1;
      let eta = beta[0]!;
      for (let a = 1; a < size; a++) {
        const j = used[a - 1] as number;
        const value = (rows.x[at + j]! - mean[j]!) * scale[j]!;
        z[a] = value;
        eta += beta[a]! * value;
      }
      const p = sigmoid(eta);
      const weight = rows.weight[row]!;
      const residual = weight * (rows.y[row]! - p);
      const curvature = weight * p * (1 - p) + 1e-9;
      for (let a = 0; a < size; a++) {
        const za = z[a]!;
        gradient[a]! += residual * za;
        const scaled = curvature * za;
        const line = a * size;
        for (let b = 0; b <= a; b++) hessian[line + b]! += scaled * z[b]!;
      }
    }
    for (let a = 1; a < size; a++) {
      gradient[a]! -= penalty * beta[a]!;
      hessian[a * size + a]! += penalty;
    }
    const step = solve(hessian, gradient, size);
    let largest = 0;
    for (let a = 0; a < size; a++) {
      beta[a]! += step[a]!;
      largest = Math.max(largest, Math.abs(step[a]!));
    }
    if (largest >= (every === 1 ? TOLERANCE : 0.05)) continue;
    if (every === 1) break;
    every = 1;
  }
  const weights = Array.from({ length: rows.width }, () => 0);
  let intercept = beta[0]!;
  for (const [a, j] of used.entries()) {
    const weight = beta[a + 1]! * scale[j]!;
    weights[j] = weight;
    intercept -= weight * mean[j]!;
  }
  return { intercept, weights };
}

/** Weighted mean and the inverse of the standard deviation of each input; 0 where it does not vary. */
function moments(rows: Rows): { mean: Float64Array; scale: Float64Array } {
  const { width } = rows;
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  let total = 0;
  for (let row = 0; row < rows.size; row++) {
    const weight = rows.weight[row]!;
    total += weight;
    for (let j = 0; j < width; j++) {
      const value = rows.x[row * width + j]!;
      mean[j]! += weight * value;
      square[j]! += weight * value * value;
    }
  }
  const scale = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    mean[j]! /= total;
    const variance = square[j]! / total - mean[j]! * mean[j]!;
    scale[j] = variance > 1e-8 ? 1 / Math.sqrt(variance) : 0;
  }
  return { mean, scale };
}
