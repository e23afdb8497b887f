export type Options = { blocks: number; blockSize: number; digestBits: number };
export type Call = [string, ...unknown[]];
/** One block by what it means, not by where it lies. `key` is set once it is full and known. */
type Cell = { key: string | null; tokens: number[]; users: number };
type Seq = { tenant: string; scopes: string[]; tokens: number[]; cells: Cell[] };

/**
 * The rules of the instructions in their plainest form: a known block is found by the text of everything up to its end,
 * with the scopes on the way. No digests, no tree, no speed.
 */
export class Model {
  readonly options: Options;
  readonly seqs = new Map<string, Seq>();
  private readonly known = new Map<string, Cell>();
  private idle: Cell[] = [];
  private spare: number;

  constructor(options: Options) {
    this.options = options;
    this.spare = options.blocks;
  }

  apply([name, ...args]: Call): unknown {
    return (this as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...args);
  }

  alloc(id: string, tokens: number[], tenant: string, publicTokens = 0): unknown {
    if (this.seqs.has(id)) return { ok: false, reason: 'exists' };
    const size = this.options.blockSize;
    const found = this.found(tokens, tenant, publicTokens);
    const missing = Math.ceil(tokens.length / size) - found.length;
    const left = this.spare + this.idle.filter((cell) => !found.includes(cell)).length;
    if (missing > left) return { ok: false, reason: 'full' };
    found.forEach((cell) => this.use(cell));
    const seq: Seq = { tenant, scopes: [], tokens: [], cells: [] };
    this.seqs.set(id, seq);
    for (let at = 0; at < tokens.length; at += size) {
      seq.scopes.push(this.scope(at, tenant, publicTokens));
      seq.tokens.push(...tokens.slice(at, at + size));
      const cell = found[at / size] ?? this.fresh();
      seq.cells.push(cell);
      if (cell.key !== null) continue;
      cell.tokens = tokens.slice(at, at + size);
      this.settle(seq);
    }
    return { ok: true, shared: found.length * size };
  }

  append(id: string, token: number): unknown {
    const seq = this.seqs.get(id);
    if (!seq) return { ok: false, reason: 'unknown' };
    const starts = seq.tokens.length % this.options.blockSize === 0;
    const last = seq.cells[seq.cells.length - 1];
    const copied = !starts && last!.users > 1;
    if ((starts || copied) && this.spare + this.idle.length === 0) return { ok: false, reason: 'full' };
    const own = `tenant ${seq.tenant}`;
    if (starts) {
      seq.cells.push(this.fresh());
      seq.scopes.push(own);
    } else if (copied) {
      const copy = this.fresh();
      copy.tokens = [...last!.tokens];
      last!.users -= 1;
      seq.cells[seq.cells.length - 1] = copy;
    }
    seq.cells[seq.cells.length - 1]!.tokens.push(token);
    seq.tokens.push(token);
    seq.scopes[seq.scopes.length - 1] = own;
    this.settle(seq);
    return { ok: true, copied };
  }

  fork(parent: string, child: string): unknown {
    const seq = this.seqs.get(parent);
    if (!seq) return { ok: false, reason: 'unknown' };
    if (this.seqs.has(child)) return { ok: false, reason: 'exists' };
    seq.cells.forEach((cell) => (cell.users += 1));
    this.seqs.set(child, { ...seq, scopes: [...seq.scopes], tokens: [...seq.tokens], cells: [...seq.cells] });
    return { ok: true };
  }

  free(id: string): unknown {
    const seq = this.seqs.get(id);
    if (!seq) return { ok: false, reason: 'unknown' };
    this.seqs.delete(id);
    for (const cell of [...seq.cells].reverse()) this.drop(cell);
    return { ok: true };
  }

  match(tokens: number[], tenant: string, publicTokens = 0): unknown {
    const blocks = this.found(tokens, tenant, publicTokens).length;
    return { blocks, tokens: blocks * this.options.blockSize };
  }

  read(id: string): unknown {
    return this.seqs.get(id)?.tokens ?? null;
  }

  stats() {
    const used = [...new Set([...this.seqs.values()].flatMap((seq) => seq.cells))];
    return {
      used: used.length,
      cached: this.idle.length,
      free: this.options.blocks - used.length - this.idle.length,
      shared: used.filter((cell) => cell.users > 1).length,
      wasted: used.reduce((sum, cell) => sum + this.options.blockSize - cell.tokens.length, 0),
    };
  }

  private scope(at: number, tenant: string, publicTokens: number): string {
    return at + this.options.blockSize <= publicTokens ? 'everybody' : `tenant ${tenant}`;
  }

  private keyOf(tokens: number[], scopes: string[]): string {
    return `${scopes.join('+')}: ${tokens.join(' ')}`;
  }

  private found(tokens: number[], tenant: string, publicTokens: number): Cell[] {
    const cells: Cell[] = [];
    const scopes: string[] = [];
    for (let end = this.options.blockSize; end <= tokens.length; end += this.options.blockSize) {
      scopes.push(this.scope(end - this.options.blockSize, tenant, publicTokens));
      const cell = this.known.get(this.keyOf(tokens.slice(0, end), scopes));
      if (!cell) break;
      cells.push(cell);
    }
    return cells;
  }

  /** The last block of a sequence may have become full: then it is known, or replaced by its twin. */
  private settle(seq: Seq): void {
    if (seq.tokens.length % this.options.blockSize !== 0) return;
    const cell = seq.cells[seq.cells.length - 1]!;
    const key = this.keyOf(seq.tokens, seq.scopes);
    const twin = this.known.get(key);
    if (!twin) {
      cell.key = key;
      this.known.set(key, cell);
      return;
    }
    this.use(twin);
    seq.cells[seq.cells.length - 1] = twin;
    this.drop(cell);
  }

  private use(cell: Cell): void {
    cell.users += 1;
    this.idle = this.idle.filter((one) => one !== cell);
  }

  private drop(cell: Cell): void {
    cell.users -= 1;
    if (cell.users > 0) return;
    if (cell.key === null) this.spare += 1;
    else this.idle.push(cell);
  }

  private fresh(): Cell {
    if (this.spare > 0) this.spare -= 1;
    else this.known.delete(this.idle.shift()!.key!);
    return { key: null, tokens: [], users: 1 };
  }
}

/** Plays the calls in the model beside what the submission returned; says where the two part. */
export function compare(options: Options, calls: Call[], results: unknown): string | null {
  if (!Array.isArray(results) || results.length !== calls.length) return 'replay returns one result per call';
  const model = new Model(options);
  for (const [i, call] of calls.entries()) {
    const found = call[0] === 'table' ? tableProblem(model, String(call[1]), results[i]) : differs(model.apply(call), results[i]);
    if (found) return `call ${i}, ${call[0]}(${call.slice(1).map((arg) => JSON.stringify(arg)).join(', ')}): ${found}`;
    const ids = call[0] === 'table' ? null : allTables(model, calls, results, i);
    if (ids) return ids;
  }
  return null;
}

function differs(want: unknown, got: unknown): string | null {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, held: unknown) =>
      held && typeof held === 'object' && !Array.isArray(held)
        ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
        : held,
    );
  return text(want) === text(got) ? null : `expected ${text(want)}, got ${text(got)}`;
}

function tableProblem(model: Model, id: string, got: unknown): string | null {
  const seq = model.seqs.get(id);
  if (!seq) return differs(null, got);
  if (!Array.isArray(got) || got.length !== seq.cells.length) return `a table of ${seq.cells.length} blocks, not ${JSON.stringify(got)}`;
  const { blocks } = model.options;
  const wild = got.find((one) => !Number.isInteger(one) || (one as number) < 0 || (one as number) >= blocks);
  if (wild !== undefined) return `there is no block ${String(wild)}`;
  return null;
}

/** After a run of tables: two sequences have the same block where, and only where, they share it. */
function allTables(model: Model, calls: Call[], results: unknown[], i: number): string | null {
  if (calls[i - 1]?.[0] !== 'table') return null;
  const ids = new Map<Cell, number>();
  const cells = new Map<number, Cell>();
  for (let at = i - 1; at >= 0 && calls[at]![0] === 'table'; at--) {
    const seq = model.seqs.get(String(calls[at]![1]));
    for (const [place, cell] of seq?.cells.entries() ?? []) {
      const id = (results[at] as number[])[place]!;
      if ((ids.get(cell) ?? id) !== id) return `calls before ${i}: ${String(calls[at]![1])} should share its block ${place} and does not`;
      if ((cells.get(id) ?? cell) !== cell) return `calls before ${i}: block ${id} is used for different contents`;
      ids.set(cell, id);
      cells.set(id, cell);
    }
  }
  return null;
}
