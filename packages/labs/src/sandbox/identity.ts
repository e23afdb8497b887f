/**
 * Whom a sandbox's process runs as when we are root: somebody who owns nothing, and not the same one as its
 * neighbours, so that limits per user are its own. Undefined when we are not root; then it runs as us.
 */
export function takeIdentity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  next = (next + 1) % COUNT;
  return { uid: FIRST + next, gid: FIRST + next };
}

/** Above what distributions hand out (Debian: up to 59,999 and 65,534) and below the ranges of sub-uids. */
const FIRST = 61_184;
const COUNT = 2048;
let next = process.pid % COUNT;
