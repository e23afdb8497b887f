/** Half full at most: one look, seldom two. */
const SLACK = 2;
const GOLDEN = 0x9e3779b1;
const FREE = -1;

/**
 * Effects of one kind by key, in flat memory: a key above 2³⁰ costs a `Map` an allocation a look, and the mixer looks eleven times an
 * event. Keys are whole numbers from 0 to 2⁵³; values are logits.
 */
export class EffectTable {
  readonly #keys: Float64Array;
  readonly #values: Float32Array;
  readonly #mask: number;

  constructor(entries: Iterable<readonly [number, number]>) {
    const all = [...entries];
    let size = 2;
    while (size < SLACK * all.length) size *= 2;
    this.#mask = size - 1;
    this.#keys = new Float64Array(size).fill(FREE);
    this.#values = new Float32Array(size);
    for (const [key, value] of all) {
      const at = this.#placeOf(key);
      this.#keys[at] = key;
      this.#values[at] = value;
    }
  }

  /** The effect, 0 where none is known. */
  get(key: number): number {
    return key < 0 ? 0 : this.#values[this.#placeOf(key)]!;
  }

  /** Where the key is, or would be; a free place holds the value 0. */
  #placeOf(key: number): number {
    const low = key | 0;
    const high = (key / 4_294_967_296) | 0;
    let at = Math.imul(low ^ Math.imul(high, GOLDEN), GOLDEN);
    at = (at ^ (at >>> 15)) & this.#mask;
    for (;;) {
      const found = this.#keys[at]!;
      if (found === key || found === FREE) return at;
      at = (at + 1) & this.#mask;
    }
  }
}
