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

/** A block that is full and known by what it holds: tokens, scope, and the blocks before it. */
type Node = {
  key: number;
  scope: string;
  tokens: readonly number[];
  parent: Node | null;
  children: Map<number, Node[]>;
  block: Block;
};
type Block = { id: number; tokens: number[]; refs: number; node: Node | null };
type Sequence = { tenant: string; blocks: Block[]; length: number };

/** Scope of a block that everybody may share; a tenant's name cannot be empty. */
const PUBLIC = '';

/** Memory for keys and values in blocks of a few tokens. The tokens stand for what would be cached. */
export class Pool {
  private readonly options: Options;
  private readonly sequences = new Map<string, Sequence>();
  private readonly free_: number[];
  /** Blocks that nobody uses and that are still known, least recently used first. */
  private readonly idle = new Map<number, Block>();
  private readonly roots = new Map<number, Node[]>();

  constructor(options: Options) {
    this.options = options;
    this.free_ = Array.from({ length: options.blocks }, (_, id) => options.blocks - 1 - id);
  }

  /** Stores a prompt. Full blocks that are known already are shared; nothing changes if the rest does not fit. */
  alloc(
    id: string,
    tokens: number[],
    tenant: string,
    publicTokens = 0,
  ): (Answer & { ok: false }) | { ok: true; shared: number } {
    if (this.sequences.has(id)) return { ok: false, reason: 'exists' };
    const { blockSize } = this.options;
    const known = this.known(tokens, tenant, publicTokens);
    const missing = Math.ceil(tokens.length / blockSize) - known.length;
    const idleAndWanted = known.filter((node) => node.block.refs === 0).length;
    if (missing > this.free_.length + this.idle.size - idleAndWanted) return { ok: false, reason: 'full' };
    for (const node of known) this.hold(node.block);
    const sequence: Sequence = { tenant, blocks: known.map((node) => node.block), length: 0 };
    sequence.length = known.length * blockSize;
    this.sequences.set(id, sequence);
    for (let start = sequence.length; start < tokens.length; start += blockSize) {
      const block = this.take();
      block.tokens = tokens.slice(start, start + blockSize);
      sequence.blocks.push(block);
      sequence.length += block.tokens.length;
      if (block.tokens.length === blockSize)
        this.learn(sequence, this.scopeAt(start, tenant, publicTokens));
    }
    return { ok: true, shared: known.length * blockSize };
  }

  /** Adds a token. A block that others use too is copied first. */
  append(id: string, token: number): (Answer & { ok: false }) | { ok: true; copied: boolean } {
    const sequence = this.sequences.get(id);
    if (!sequence) return { ok: false, reason: 'unknown' };
    const last = sequence.blocks[sequence.blocks.length - 1];
    const isFull = sequence.length % this.options.blockSize === 0;
    const copied = !isFull && last!.refs > 1;
    if (isFull || copied) {
      if (this.free_.length + this.idle.size === 0) return { ok: false, reason: 'full' };
      const block = this.take();
      if (copied) {
        block.tokens = [...last!.tokens];
        this.release(sequence.blocks.pop()!);
      }
      sequence.blocks.push(block);
    }
    sequence.blocks[sequence.blocks.length - 1]!.tokens.push(token);
    sequence.length += 1;
    if (sequence.length % this.options.blockSize === 0) this.learn(sequence, sequence.tenant);
    return { ok: true, copied };
  }

  /** A second sequence with the same tokens. Nothing is copied until one of the two grows. */
  fork(parent: string, child: string): Answer {
    const from = this.sequences.get(parent);
    if (!from) return { ok: false, reason: 'unknown' };
    if (this.sequences.has(child)) return { ok: false, reason: 'exists' };
    for (const block of from.blocks) this.hold(block);
    this.sequences.set(child, { ...from, blocks: [...from.blocks] });
    return { ok: true };
  }

  free(id: string): Answer {
    const sequence = this.sequences.get(id);
    if (!sequence) return { ok: false, reason: 'unknown' };
    this.sequences.delete(id);
    // From the end: a block is useless without those before it, so the last ones shall give way first.
    for (const block of sequence.blocks.reverse()) this.release(block);
    return { ok: true };
  }

  /** How much of a prompt is known to this tenant: whole blocks, from the start. */
  match(tokens: number[], tenant: string, publicTokens = 0): { blocks: number; tokens: number } {
    const blocks = this.known(tokens, tenant, publicTokens).length;
    return { blocks, tokens: blocks * this.options.blockSize };
  }

  /** The ids of a sequence's blocks, or null. */
  table(id: string): number[] | null {
    return this.sequences.get(id)?.blocks.map((block) => block.id) ?? null;
  }

  /** A sequence's tokens as its blocks hold them, or null. */
  read(id: string): number[] | null {
    return this.sequences.get(id)?.blocks.flatMap((block) => block.tokens) ?? null;
  }

  stats(): Stats {
    const used = new Set([...this.sequences.values()].flatMap((sequence) => sequence.blocks));
    const blocks = [...used];
    return {
      used: used.size,
      cached: this.idle.size,
      free: this.free_.length,
      shared: blocks.filter((block) => block.refs > 1).length,
      wasted: blocks.reduce((sum, block) => sum + this.options.blockSize - block.tokens.length, 0),
    };
  }

  private scopeAt(start: number, tenant: string, publicTokens: number): string {
    return start + this.options.blockSize <= publicTokens ? PUBLIC : tenant;
  }

  private known(tokens: readonly number[], tenant: string, publicTokens: number): Node[] {
    const { blockSize } = this.options;
    const path: Node[] = [];
    for (let start = 0; start + blockSize <= tokens.length; start += blockSize) {
      const parent = path[path.length - 1] ?? null;
      const scope = this.scopeAt(start, tenant, publicTokens);
      const node = this.find(parent, tokens.slice(start, start + blockSize), scope);
      if (!node) break;
      path.push(node);
    }
    return path;
  }

  /** A digest only says where to look: what is found is compared. */
  private find(parent: Node | null, tokens: readonly number[], scope: string): Node | undefined {
    const key = digest(parent?.key ?? 0, tokens, this.options.digestBits);
    return (parent?.children ?? this.roots)
      .get(key)
      ?.find((node) => node.scope === scope && node.tokens.every((token, i) => token === tokens[i]));
  }

  /** Makes the last block of a sequence known, now that it is full; or goes on with an equal one that is known. */
  private learn(sequence: Sequence, scope: string): void {
    const block = sequence.blocks[sequence.blocks.length - 1]!;
    const parent = sequence.blocks[sequence.blocks.length - 2]?.node ?? null;
    digest(0, sequence.blocks.flatMap((one) => one.tokens), 32);
    const twin = this.find(parent, block.tokens, scope);
    if (twin) {
      this.hold(twin.block);
      sequence.blocks[sequence.blocks.length - 1] = twin.block;
      this.release(block);
      return;
    }
    const key = digest(parent?.key ?? 0, block.tokens, this.options.digestBits);
    block.node = { key, scope, tokens: block.tokens, parent, children: new Map(), block };
    const siblings = parent?.children ?? this.roots;
    siblings.set(key, [...(siblings.get(key) ?? []), block.node]);
  }

  private hold(block: Block): void {
    block.refs += 1;
    this.idle.delete(block.id);
  }

  private release(block: Block): void {
    block.refs -= 1;
    if (block.refs > 0) return;
    if (block.node) this.idle.set(block.id, block);
    else this.free_.push(block.id);
  }

  /** An empty block, held once. There must be one that is free or idle. */
  private take(): Block {
    const id = this.free_.pop() ?? this.evict();
    return { id, tokens: [], refs: 1, node: null };
  }

  /** Forgets the block that was not used for the longest time. */
  private evict(): number {
    const [block] = this.idle.values();
    this.idle.delete(block!.id);
    const { key, parent } = block!.node!;
    const siblings = parent?.children ?? this.roots;
    const rest = siblings.get(key)!.filter((node) => node !== block!.node);
    if (rest.length > 0) siblings.set(key, rest);
    else siblings.delete(key);
    return block!.id;
  }
}

/** Plays a list of calls on a new pool and returns what each returned. */
export function replay(options: Options, calls: [keyof Pool, ...unknown[]][]): unknown[] {
  const pool = new Pool(options);
  return calls.map(([name, ...args]) => (pool[name] as (...args: unknown[]) => unknown).apply(pool, args));
}
