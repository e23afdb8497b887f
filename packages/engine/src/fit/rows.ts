/** Inputs and outcomes of a regression, row after row in one block. */
export interface Rows {
  size: number;
  width: number;
  x: Float32Array;
  /** Outcome, 0 to 1. */
  y: Float32Array;
  /** How much a row counts, over 0. */
  weight: Float32Array;
}

/** Room for rows. 4 · (width + 2) bytes each. */
export function newRows(capacity: number, width: number): Rows {
  return {
    size: 0,
    width,
    x: new Float32Array(capacity * width),
    y: new Float32Array(capacity),
    weight: new Float32Array(capacity),
  };
}
