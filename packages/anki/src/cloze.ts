/** Text with gaps: `{{c1::answer::hint}}`, one inside another at most {@link DEEPEST}. */
export type ClozePart = string | { numbers: number[]; parts: ClozePart[]; hint: string | null };

const DEEPEST = 8;
const OPEN = /\{\{c(\d{1,3}(?:,\d{1,3})*)::/y;

/** Reads gaps; what does not close is text. */
export function parseCloze(text: string): ClozePart[] {
  const read = (from: number, depth: number): { parts: ClozePart[]; end: number; closed: boolean } => {
    const parts: ClozePart[] = [];
    let plain = '';
    let at = from;
    const flush = (): void => {
      if (plain !== '') parts.push(plain);
      plain = '';
    };
    while (at < text.length) {
      if (depth > 0 && text.startsWith('}}', at)) {
        flush();
        return { parts, end: at + 2, closed: true };
      }
      OPEN.lastIndex = at;
      const open = depth < DEEPEST ? OPEN.exec(text) : null;
      if (open) {
        const inner = read(OPEN.lastIndex, depth + 1);
        if (inner.closed) {
          flush();
          parts.push({ numbers: (open[1] ?? '').split(',').map(Number), ...splitHint(inner.parts) });
          at = inner.end;
          continue;
        }
        // Nothing after this closes either: the rest is text, read once.
        plain += text.slice(at);
        flush();
        return { parts, end: text.length, closed: false };
      }
      plain += text[at];
      at += 1;
    }
    flush();
    return { parts, end: at, closed: false };
  };
  return read(0, 0).parts;
}

/** A gap's last `::` begins its hint. */
function splitHint(parts: ClozePart[]): { parts: ClozePart[]; hint: string | null } {
  const last = parts.at(-1);
  if (typeof last !== 'string') return { parts, hint: null };
  const at = last.indexOf('::');
  if (at < 0) return { parts, hint: null };
  const before = last.slice(0, at);
  return { parts: [...parts.slice(0, -1), ...(before === '' ? [] : [before])], hint: last.slice(at + 2) };
}

/** Numbers of the gaps in a text, ascending: each makes a card. */
export function clozeNumbers(text: string): number[] {
  const numbers = new Set<number>();
  const visit = (parts: readonly ClozePart[]): void => {
    for (const part of parts) {
      if (typeof part === 'string') continue;
      for (const number of part.numbers) if (number > 0) numbers.add(number);
      visit(part.parts);
    }
  };
  visit(parseCloze(text));
  return [...numbers].sort((a, b) => a - b);
}

/** How a gap is shown. */
export interface ClozeMarks {
  /** In place of what is asked. */
  gap(hint: string | null): string;
  /** Around what was asked. */
  answer(inner: string): string;
}

/** The text for the card of one number: its gap open on the front, filled on the back, all others filled. */
export function fillCloze(text: string, number: number, side: 'front' | 'back', marks: ClozeMarks): string {
  const write = (parts: readonly ClozePart[]): string =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part;
        const inner = write(part.parts);
        if (!part.numbers.includes(number)) return inner;
        return side === 'front' ? marks.gap(part.hint) : marks.answer(inner);
      })
      .join('');
  return write(parseCloze(text));
}
