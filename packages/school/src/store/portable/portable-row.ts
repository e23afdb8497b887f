import { createHash } from 'node:crypto';

/** A value of a column as both databases can take it and JSON can carry it. */
export type PortableValue = string | number | null | { base64: string };

/** A row's values, in the order of its table's columns. */
export type PortableRow = PortableValue[];

/** Turns what a driver gave into what either database takes. Booleans become 0 and 1, times ISO texts in UTC. */
export function toPortable(value: unknown): PortableValue {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return value;
    case 'bigint':
      return Number(value);
    case 'boolean':
      return value ? 1 : 0;
    default:
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
      throw new Error(`A column holds a ${Object.prototype.toString.call(value)}, which cannot be kept.`);
  }
}

/** What a driver takes for a portable value. */
export function fromPortable(value: PortableValue): string | number | null | Uint8Array {
  return typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value;
}

/** Rows counted and summed up: the same for the same rows, in whatever order and from whichever database they come. */
export interface RowSum {
  rows: number;
  /** 32 hex digits: the sum, modulo 2^128, of the first half of each row's SHA-256. */
  digest: string;
}

/** Adds up rows one by one. */
export class RowSummer {
  #rows = 0;
  #sum = 0n;

  add(row: PortableRow): void {
    const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 32);
    this.#rows += 1;
    this.#sum = BigInt.asUintN(128, this.#sum + BigInt(`0x${hash}`));
  }

  get sum(): RowSum {
    return { rows: this.#rows, digest: this.#sum.toString(16).padStart(32, '0') };
  }
}
