import { createHash } from 'node:crypto';

/** SHA-256 in lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 over named texts: independent of the order they come in, sensitive to every name and byte. */
export function hashFiles(files: Iterable<readonly [path: string, text: string]>): string {
  const hash = createHash('sha256');
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // Lengths come first, so that no two different sets of files run together into the same bytes.
  for (const [path, text] of sorted) {
    hash.update(`${path}\n${Buffer.byteLength(text, 'utf8')}\n`).update(text, 'utf8');
  }
  return hash.digest('hex');
}
