import type { Span } from './read-time.ts';
import type { Word } from './words.ts';

/** The places of some words in the text, those that stand side by side taken together, in its order. */
export function spansOf(text: string, words: readonly Word[], at: readonly number[]): Span[] {
  const joined: Span[] = [];
  for (const { from, to } of at.flatMap((place) => words[place] ?? []).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && isJoint(text.slice(last.to, from))) last.to = Math.max(last.to, to);
    else if (!last || from >= last.to) joined.push({ from, to });
  }
  return joined;
}

/** Up to three short words, or nothing: "bill is out of control" is quoted in one piece. */
function isJoint(between: string): boolean {
  return /^[\s\-/]{0,2}$/.test(between) || /^ (?:[\p{L}'’]{1,6} ){1,3}$/u.test(between);
}

/** The text at these places, each once. */
export function quote(text: string, spans: readonly Span[]): string[] {
  return [...new Set(spans.map(({ from, to }) => text.slice(from, to)))];
}
