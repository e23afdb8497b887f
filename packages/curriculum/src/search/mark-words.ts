import { readWords } from '../match/words.ts';
import type { Marked } from './search-entry.ts';

/** Characters of a passage that are shown. */
const SHOWN = 220;

/** A text cut into what matched and what stands between. @param terms folded words and stems, as the index holds them */
export function markWords(text: string, terms: ReadonlySet<string>): Marked[] {
  const pieces: Marked[] = [];
  let at = 0;
  for (const { from, to, folded, stem } of readWords(text)) {
    // A word of a script without spaces may be read as two at one place.
    if (from < at || !(terms.has(stem) || terms.has(folded))) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** The stretch of a text where most different words of the search stand together, with `…` where it was cut. */
export function cutSnippet(text: string, terms: ReadonlySet<string>): string {
  if (text.length <= SHOWN) return text;
  const found = readWords(text).filter(({ folded, stem }) => terms.has(stem) || terms.has(folded));
  let best = { from: 0, different: 0 };
  for (const [i, first] of found.entries()) {
    const inside = found.slice(i).filter(({ to }) => to - first.from <= SHOWN * 0.8);
    const different = new Set(inside.map(({ stem }) => stem)).size;
    if (different > best.different) best = { from: first.from, different };
  }
  const from = startOfWord(text, Math.max(0, best.from - SHOWN * 0.2));
  const to = Math.min(text.length, from + SHOWN);
  const end = to === text.length ? to : text.lastIndexOf(' ', to);
  return `${from > 0 ? '…' : ''}${text.slice(from, end).trim()}${end < text.length ? '…' : ''}`;
}

/** The sentence's start where it is near, else the word's. */
function startOfWord(text: string, at: number): number {
  if (at <= 0) return 0;
  const sentence = text.lastIndexOf('. ', at);
  if (sentence !== -1 && at - sentence < 60) return sentence + 2;
  const space = text.indexOf(' ', at);
  return space === -1 ? Math.floor(at) : space + 1;
}
