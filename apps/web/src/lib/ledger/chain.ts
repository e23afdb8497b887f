/**
 * The ledger's chain, checked by its owner: each row's hash is SHA-256 over the RFC 8785 form of
 * {learnerId, seq, at, type, body, prev}, and prev is the hash of the row before.
 */
export interface ChainRow {
  seq: number;
  at: number;
  type: string;
  body: unknown;
  prev: string;
  hash: string;
}

export type ChainVerdict = { intact: true; rows: number } | { intact: false; row: number; problem: string };

const genesis = '0'.repeat(64);

/** RFC 8785: keys in UTF-16 order, numbers and strings as JSON writes them, no space. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('A number that JSON cannot write');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
  }
  throw new Error(`A ${typeof value} that JSON cannot write`);
}

export async function hashRow(
  learnerId: string,
  { seq, at, type, body, prev }: Omit<ChainRow, 'hash'>,
): Promise<string> {
  const bytes = new TextEncoder().encode(canonical({ learnerId, seq, at, type, body, prev }));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A check that is given the ledger in pieces, from the first row on. */
export interface ChainCheck {
  /** Checks the next rows; undefined while nothing is wrong. */
  add(rows: readonly ChainRow[]): Promise<ChainVerdict | undefined>;
  /** The verdict when all rows were given: the chain has to end in the head that the server keeps apart. */
  end(head: { seq: number; hash: string }): ChainVerdict;
}

export function createChainCheck(learnerId: string): ChainCheck {
  let last = { seq: 0, at: -Infinity, hash: genesis };
  const problemOf = async (row: ChainRow): Promise<string | null> => {
    if (row.seq !== last.seq + 1) return 'a row is missing or out of order';
    if (row.prev !== last.hash) return 'it does not follow the row before it';
    if (row.at < last.at) return 'its time goes back';
    if ((await hashRow(learnerId, row)) !== row.hash) return 'its content does not match its hash';
    return null;
  };
  return {
    async add(rows) {
      for (const row of rows) {
        const problem = await problemOf(row);
        if (problem) return { intact: false, row: last.seq + 1, problem };
        last = row;
      }
      return undefined;
    },
    end(head) {
      if (head.seq === last.seq && (last.seq === 0 || head.hash === last.hash))
        return { intact: true, rows: last.seq };
      return {
        intact: false,
        row: Math.min(head.seq, last.seq) + 1,
        problem: 'the end of the chain is not the head the server names',
      };
    },
  };
}

/** Every row from the first, against its own hash, the row before it, and the head that the server keeps apart. */
export async function checkChain(
  learnerId: string,
  rows: readonly ChainRow[],
  head: { seq: number; hash: string },
): Promise<ChainVerdict> {
  const check = createChainCheck(learnerId);
  return (await check.add(rows)) ?? check.end(head);
}

/** A piece of the ledger, as the server gives it. */
export interface LedgerPiece {
  learnerId: string;
  events: ChainRow[];
  head: { seq: number; hash: string };
}

/** Fetches a ledger piece by piece and checks it. @param fetchAfter gives the piece after a row @param told how many of how many rows were checked */
export async function checkInPieces(
  fetchAfter: (seq: number) => Promise<LedgerPiece>,
  told: (rows: number, of: number) => void,
): Promise<ChainVerdict> {
  let piece = await fetchAfter(0);
  const check = createChainCheck(piece.learnerId);
  for (;;) {
    const broken = await check.add(piece.events);
    if (broken) return broken;
    const last = piece.events.at(-1)?.seq;
    // No further rows although the head is further on: its end will say so.
    if (last === undefined || last >= piece.head.seq) return check.end(piece.head);
    told(last, piece.head.seq);
    piece = await fetchAfter(last);
  }
}
