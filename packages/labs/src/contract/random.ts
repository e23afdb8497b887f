/** Chance with a seed: the same seed gives the same numbers on every machine. */

/** Numbers in [0, 1): sfc32, seeded by four words hashed from `seed` (FNV-1a with four offsets), first 15 dropped. */
export function createRandom(seed: string): () => number {
  let [a, b, c, d] = [0, 1, 2, 3].map((offset) => hashWord(`${offset}:${seed}`)) as [
    number,
    number,
    number,
    number,
  ];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let dropped = 0; dropped < 15; dropped++) next();
  return next;
}

function hashWord(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash | 0;
}
