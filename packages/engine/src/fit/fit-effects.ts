import { EffectTable } from '../mixer/effect-table.ts';
import type { Effects } from '../mixer/effects.ts';
import { linearLogit, type LinearModel } from '../mixer/logistic.ts';
import { sigmoid } from '../mixer/maths.ts';
import type { Rows } from './rows.ts';

/** Curvature added to each effect's: an effect's prior variance is its inverse, logits⁻². */
const PENALTY = 3;

/** Smaller effects are not kept: half of the table for a thousandth of log loss. */
const SMALLEST = 0.03;

/** Rows with the keys of their effects. */
export interface KeyedRows {
  rows: Rows;
  /** Kinds of effects, and as many keys a row; −1 for none. */
  kinds: number;
  keys: Float64Array;
  /** Fold of each row's learner. */
  fold: Uint8Array;
}

/**
 * Effects beyond a first model, kind after kind, each by one shrunken Newton step on what the kinds before have left. Each row's own
 * effects, written behind its inputs from `at` on, rest on the other folds alone: the first model must not know of items or skills, or
 * residuals of the other folds would mirror this one's outcomes.
 */
export function fitEffects(keyed: KeyedRows, first: LinearModel, folds: number, at: number): Effects {
  const { rows, kinds, keys, fold } = keyed;
  const start = new Float32Array(rows.size);
  for (let row = 0; row < rows.size; row++) start[row] = linearLogit(first, rows.x, row * rows.width);
  const { slots, names } = toSlots(keys, rows.size, kinds);
  for (let left = 0; left < folds; left++) {
    const logits = start.slice();
    for (let kind = 0; kind < kinds; kind++) {
      const effects = step(rows, logits, slots[kind]!, names[kind]!.length, (row) => fold[row] !== left);
      for (let row = 0; row < rows.size; row++)
        if (fold[row] === left) rows.x[row * rows.width + at + kind] = effects[slots[kind]![row]!] ?? 0;
    }
  }
  return names.map((list, kind) => {
    const effects = step(rows, start, slots[kind]!, list.length, () => true);
    const kept = list.flatMap((key, slot) =>
      Math.abs(effects[slot]!) < SMALLEST ? [] : [[key, effects[slot]!] as const],
    );
    return new EffectTable(kept);
  });
}

/** The effects of one kind on the rows that count; `logits` move by them. */
function step(
  rows: Rows,
  logits: Float32Array,
  slot: Int32Array,
  size: number,
  counts: (row: number) => boolean,
): Float32Array {
  const gradient = new Float32Array(size);
  const curvature = new Float32Array(size).fill(PENALTY);
  for (let row = 0; row < rows.size; row++) {
    const at = slot[row]!;
    if (at < 0 || !counts(row)) continue;
    const p = sigmoid(logits[row]!);
    gradient[at]! += rows.weight[row]! * (rows.y[row]! - p);
    curvature[at]! += rows.weight[row]! * p * (1 - p);
  }
  for (let k = 0; k < size; k++) gradient[k]! /= curvature[k]!;
  for (let row = 0; row < rows.size; row++) logits[row]! += slot[row]! < 0 ? 0 : gradient[slot[row]!]!;
  return gradient;
}

/** Numbers the distinct keys of each kind, so that the rounds need no map. */
function toSlots(
  keys: Float64Array,
  size: number,
  kinds: number,
): { slots: Int32Array[]; names: number[][] } {
  const slots: Int32Array[] = [];
  const names: number[][] = [];
  for (let kind = 0; kind < kinds; kind++) {
    const numbers = new Map<number, number>();
    const slot = new Int32Array(size);
    for (let row = 0; row < size; row++) {
      const key = keys[row * kinds + kind]!;
      let number = -1;
      if (key >= 0) {
        number = numbers.get(key) ?? numbers.size;
        if (number === numbers.size) numbers.set(key, number);
      }
      slot[row] = number;
    }
    slots.push(slot);
    names.push([...numbers.keys()]);
  }
  return { slots, names };
}
