import type { Confidence } from '@edirae/engine';
import { ENOUGH } from './gate-record-view.ts';

/** Mean squared error of stated confidences: 0 is perfect, .25 is what always saying 50% scores; null under 30 answers. */
export function brierOf(rows: readonly { said: Confidence; n: number; correct: number }[]): number | null {
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  if (n < ENOUGH) return null;
  const squares = rows.reduce((sum, { said, n: answers, correct }) => {
    const claim = said / 100;
    return sum + correct * (1 - claim) ** 2 + (answers - correct) * claim ** 2;
  }, 0);
  return squares / n;
}
