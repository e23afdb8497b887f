/** The most one field takes; the school cuts at the same length. */
export const LONGEST = 20_000;

/** What is on the page of an answer. */
export interface Words {
  assumed: string;
  design: string;
  breaks: string;
  asked: number[];
}

export function writeKept(words: Words): string {
  return JSON.stringify(words);
}

/** Reads what a tab kept for itself; undefined where it is not that. */
export function readKept(text: string | null): Words | undefined {
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Record<keyof Words, unknown>> | null;
    const { assumed, design, breaks, asked } = kept ?? {};
    if (typeof assumed !== 'string' || typeof design !== 'string' || typeof breaks !== 'string')
      return undefined;
    if (!Array.isArray(asked) || !asked.every((n) => Number.isInteger(n))) return undefined;
    return { assumed, design, breaks, asked: asked as number[] };
  } catch {
    return undefined;
  }
}
