/** Solves a symmetric positive definite system by Cholesky; only the lower triangle is read. */
export function solve(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  const lower = matrix.slice();
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      let sum = lower[a * size + b]!;
      for (let k = 0; k < b; k++) sum -= lower[a * size + k]! * lower[b * size + k]!;
      lower[a * size + b] = a === b ? Math.sqrt(Math.max(1e-9, sum)) : sum / lower[b * size + b]!;
    }
  const out = vector.slice();
  for (let a = 0; a < size; a++) {
    for (let k = 0; k < a; k++) out[a]! -= lower[a * size + k]! * out[k]!;
    out[a]! /= lower[a * size + a]!;
  }
  for (let a = size - 1; a >= 0; a--) {
    for (let k = a + 1; k < size; k++) out[a]! -= lower[k * size + a]! * out[k]!;
    out[a]! /= lower[a * size + a]!;
  }
  return out;
}
