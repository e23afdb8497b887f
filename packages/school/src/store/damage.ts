/** SQLite's primary codes, in the low byte: 11 is CORRUPT, 26 is NOTADB. */
const DAMAGED = new Set([11, 26]);

/** True where SQLite finds that a database file is not as it wrote it: a bad disk, or a hand. */
export function isDamaged(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' && DAMAGED.has(errcode & 0xff);
}
