import type { ProgressView } from '@edirae/school';

/** One stated confidence against how often it was right, with a 95% Wilson interval. */
export interface CalibrationPoint {
  said: number;
  n: number;
  correct: number;
  share: number;
  low: number;
  high: number;
  /** The interval excludes what was said. */
  off: boolean;
}

const z = 1.959963984540054;

export function wilson(correct: number, n: number): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const share = correct / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export function calibrationPoints(rows: ProgressView['calibration']): CalibrationPoint[] {
  return rows
    .filter(({ n }) => n > 0)
    .map(({ said, n, correct }) => {
      const { low, high } = wilson(correct, n);
      const claim = said / 100;
      return { said, n, correct, share: correct / n, low, high, off: claim < low || claim > high };
    });
}

/** What the plot shows, in a sentence; nothing is claimed from a handful of answers. */
export function finding(points: CalibrationPoint[]): string {
  const total = points.reduce((sum, { n }) => sum + n, 0);
  if (total < 10)
    return `${total} ${total === 1 ? 'answer' : 'answers'} with a stated confidence so far: too few to say anything.`;
  const off = points.filter((point) => point.off);
  if (off.length === 0) return `${total} answers. No level is outside what chance allows.`;
  const worst = off.toSorted(
    (a, b) => Math.abs(b.share - b.said / 100) - Math.abs(a.share - a.said / 100),
  )[0]!;
  return `${total} answers. When you say ${worst.said}%, you are right ${Math.round(worst.share * 100)}% of the time, ${worst.share < worst.said / 100 ? 'less' : 'more'} often than you said.`;
}

/**
 * One sentence on all stated confidences together: what was said on average against how often it was right. Null without a Brier score, which
 * needs 30 answers.
 */
export function calibrationSentence(rows: ProgressView['calibration'], brier: number | null): string | null {
  if (brier === null) return null;
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  const correct = rows.reduce((sum, row) => sum + row.correct, 0);
  const said = rows.reduce((sum, row) => sum + (row.said / 100) * row.n, 0) / n;
  const { low, high } = wilson(correct, n);
  const verdict =
    said > high
      ? 'you are right less often than you say'
      : said < low
        ? 'you are right more often than you say'
        : 'on the whole that is within what chance allows';
  const score = `Brier score ${brier.toFixed(3).replace(/^0/, '')}, where 0 is perfect and .250 is what always saying 50% scores.`;
  return `Over ${n} first tries you said ${Math.round(said * 100)}% and were right ${Math.round((correct / n) * 100)}% of the time: ${verdict}. ${score}`;
}

/** Place in the plot of 0..1 across and up. */
export const frame = { left: 62, right: 412, top: 34, bottom: 384 };

export function plotX(share: number): number {
  return frame.left + share * (frame.right - frame.left);
}

export function plotY(share: number): number {
  return frame.bottom - share * (frame.bottom - frame.top);
}

export function radius(n: number): number {
  return Math.min(16, Math.max(5, Math.sqrt(n)));
}
