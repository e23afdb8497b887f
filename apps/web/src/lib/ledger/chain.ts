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

/** Every row from the first, against its own hash, the row before it, and the head that the server keeps apart. */
export async function checkChain(
  learnerId: string,
  rows: ChainRow[],
  head: { seq: number; hash: string },
): Promise<ChainVerdict> {
  let prev = genesis;
  let at = -Infinity;
  for (const [i, row] of rows.entries()) {
    const problem = await problemOf(row, i + 1, prev, at);
    if (problem) return { intact: false, row: i + 1, problem };
    prev = row.hash;
    at = row.at;
  }
  if (head.seq !== rows.length || (rows.length > 0 && head.hash !== prev)) {
    return {
      intact: false,
      row: Math.min(head.seq, rows.length) + 1,
      problem: 'the end of the chain is not the head the server names',
    };
  }
  return { intact: true, rows: rows.length };

  async function problemOf(
    row: ChainRow,
    seq: number,
    before: string,
    lastAt: number,
  ): Promise<string | null> {
    if (row.seq !== seq) return 'a row is missing or out of order';
    if (row.prev !== before) return 'it does not follow the row before it';
    if (row.at < lastAt) return 'its time goes back';
    if ((await hashRow(learnerId, row)) !== row.hash) return 'its content does not match its hash';
    return null;
  }
}
