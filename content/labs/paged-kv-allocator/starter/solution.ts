export type Options = {
  blocks: number;
  /** Tokens that a block holds. */
  blockSize: number;
  /** Bits of a digest. Few bits make collisions common, which a cache has to survive. */
  digestBits: number;
};
export type Answer = { ok: true } | { ok: false; reason: 'exists' | 'unknown' | 'full' };
export type Stats = { used: number; cached: number; free: number; shared: number; wasted: number };

/** A short key for the tokens of a block that follows the block with the digest `parent` (FNV-1a, cut to `bits`). */
export function digest(parent: number, tokens: readonly number[], bits: number): number {
  let hash = 0x811c9dc5;
  for (const word of [parent, ...tokens]) {
    hash = Math.imul(hash ^ (word & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (word >>> 16), 0x01000193);
  }
  return (hash >>> 0) % 2 ** bits;
}

export class Pool {
  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
  }

  alloc(
    id: string,
    tokens: number[],
    tenant: string,
    publicTokens = 0,
  ): (Answer & { ok: false }) | { ok: true; shared: number } {
    return { ok: true, shared: 0 };
  }

  append(id: string, token: number): (Answer & { ok: false }) | { ok: true; copied: boolean } {
    return { ok: true, copied: false };
  }

  fork(parent: string, child: string): Answer {
    return { ok: true };
  }

  free(id: string): Answer {
    return { ok: true };
  }

  match(tokens: number[], tenant: string, publicTokens = 0): { blocks: number; tokens: number } {
    return { blocks: 0, tokens: 0 };
  }

  table(id: string): number[] | null {
    return null;
  }

  read(id: string): number[] | null {
    return null;
  }

  stats(): Stats {
    return { used: 0, cached: 0, free: this.options.blocks, shared: 0, wasted: 0 };
  }
}

/** Plays a list of calls on a new pool and returns what each returned. Given: leave it as it is. */
export function replay(options: Options, calls: [keyof Pool, ...unknown[]][]): unknown[] {
  const pool = new Pool(options);
  return calls.map(([name, ...args]) => (pool[name] as (...args: unknown[]) => unknown).apply(pool, args));
}
