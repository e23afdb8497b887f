/** A set from words between spaces, which stay readable where a list of strings would fill a page. */
export function toSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
