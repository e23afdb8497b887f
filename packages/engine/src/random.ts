/**
 * Chance as an argument: the same seed gives the same numbers for ever.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded by an xmur3 hash of the text; both are 32-bit integer arithmetic only,
 * so that every engine gives the same bits.
 */

/** A source of numbers in [0, 1), fixed by its seed. Not for secrets. */
export function createRandom(seed: string): () => number {
  const hash = hashStream(seed);
  let a = hash();
  let b = hash();
  let c = hash();
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first outputs still resemble the seed; PractRand's author discards a dozen.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** A number in [0, 1) for a seed and a label: an order that looks shuffled and is the same each time. */
export function seededRank(seed: string, label: string): number {
  return (hashStream(`${seed}\u0000${label}`)() >>> 0) / 2 ** 32;
}

function hashStream(text: string): () => number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    h ^= h >>> 16;
    return h | 0;
  };
}
