/** Finds what a misspelt word was meant to be among words that are known. */
export interface Spelling {
  /** The known word nearest to an unknown one; undefined where none is near, or where the word is known itself. */
  findMeant(word: string): string | undefined;
}

/** Shorter words have too many neighbours. */
const SHORTEST = 4;

/**
 * @param meant words that may be meant, folded
 * @param spelt words that are right as they are, folded
 */
export function createSpelling(meant: Iterable<string>, spelt: ReadonlySet<string>): Spelling {
  const known = new Set(meant);
  const byFirst = new Map<string, string[]>();
  for (const word of known) {
    if (word.length < SHORTEST || !/^[a-z]+$/.test(word)) continue;
    byFirst.set(word[0] as string, [...(byFirst.get(word[0] as string) ?? []), word]);
  }
  const asked = new Map<string, string | undefined>();
  return {
    findMeant(word) {
      if (word.length < SHORTEST || !/^[a-z]+$/.test(word) || known.has(word) || spelt.has(word))
        return undefined;
      if (!asked.has(word)) {
        if (asked.size > 10_000) asked.clear();
        asked.set(word, nearest(word, byFirst.get(word[0] as string) ?? []));
      }
      return asked.get(word);
    },
  };
}

/** One slip in short words, two in long ones: a letter more, less, other or swapped with its neighbour. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const most = word.length >= 8 ? 2 : 1;
  let best: { word: string; slips: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const slips = countSlips(word, candidate, most);
    if (slips > most || (best && slips >= best.slips)) continue;
    // In four letters only a swap is a slip: everything else makes another word.
    if (word.length === SHORTEST && !isSwap(word, candidate)) continue;
    best = { word: candidate, slips };
  }
  return best?.word;
}

function isSwap(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
}

/** Damerau–Levenshtein distance (optimal string alignment), or `most + 1` where it is larger. */
export function countSlips(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
