import { linearLogit, type LinearModel } from '../mixer/logistic.ts';
import { sigmoid } from '../mixer/maths.ts';
import type { Effects } from '../mixer/effects.ts';
import type { Rows } from './rows.ts';

/** Curvature added to each effect's: an effect's prior variance is its inverse, logits⁻². */
const PENALTY = 4;

/**
 * One shrunken Newton step on the residuals of a first model, per key. Each row's own effects, written behind its inputs, come from the
 * other folds.
 * @param keys `kinds` of them a row; −1 for none.
 * @param at the input that the first effect is written to.
 */
export function fitEffects(
  rows: Rows,
  first: LinearModel,
  keys: Float64Array,
  kinds: number,
  fold: Uint8Array,
  folds: number,
  at: number,
): Effects {
  const gradient = new Float32Array(rows.size);
  const curvature = new Float32Array(rows.size);
  for (let row = 0; row < rows.size; row++) {
    const p = sigmoid(linearLogit(first, rows.x, row * rows.width));
    gradient[row] = rows.y[row]! - p;
    curvature[row] = p * (1 - p);
  }
  return Array.from({ length: kinds }, (_, kind) => {
    const slots = new Map<number, number>();
    for (let row = 0; row < rows.size; row++) {
      const key = keys[row * kinds + kind]!;
      if (key >= 0 && !slots.has(key)) slots.set(key, slots.size);
    }
    const width = folds + 1;
    const g = new Float64Array(slots.size * width);
    const h = new Float64Array(slots.size * width);
    for (let row = 0; row < rows.size; row++) {
      const slot = slots.get(keys[row * kinds + kind]!);
      if (slot === undefined) continue;
      const cell = slot * width + fold[row]!;
      g[cell]! += gradient[row]!;
      h[cell]! += curvature[row]!;
      g[slot * width + folds]! += gradient[row]!;
      h[slot * width + folds]! += curvature[row]!;
    }
    for (let row = 0; row < rows.size; row++) {
      const slot = slots.get(keys[row * kinds + kind]!);
      const total = (slot ?? 0) * width + folds;
      const own = (slot ?? 0) * width + fold[row]!;
      rows.x[row * rows.width + at + kind] =
        slot === undefined ? 0 : (g[total]! - g[own]!) / (h[total]! - h[own]! + PENALTY);
    }
    const effects = new Map<number, number>();
    for (const [key, slot] of slots) {
      const total = slot * width + folds;
      effects.set(key, g[total]! / (h[total]! + PENALTY));
    }
    return effects;
  });
}
