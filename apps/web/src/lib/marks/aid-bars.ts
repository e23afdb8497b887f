import { wilson } from './calibration.ts';

/** Answers from which a share is printed. */
export const ENOUGH = 30;

/** First tries of one kind: the share right with its 95% interval, or null under 30. */
export interface AidBar {
  n: number;
  share: number;
  figures: { low: number; high: number } | null;
}

export function aidBar({ n, correct }: { n: number; correct: number }): AidBar {
  return { n, share: n === 0 ? 0 : correct / n, figures: n < ENOUGH ? null : wilson(correct, n) };
}

/** What the two bars say together. Only a difference that chance does not explain is called one. */
export function aidFinding(aided: AidBar, alone: AidBar): string {
  if (!aided.figures || !alone.figures)
    return `Under ${ENOUGH} first tries of a kind we print no share. Only the ones alone can count towards a check.`;
  const points = Math.round(Math.abs(aided.share - alone.share) * 100);
  const { low, high } = difference(aided, aided.figures, alone, alone.figures);
  if (low > 0) return `${points} points more with help. The lower bar is the one that predicts your work.`;
  if (high < 0) return `${points} points more alone. Help may be going to the harder questions.`;
  return 'No difference beyond what chance allows. Alone is the one that predicts your work.';
}

/** 95% interval of aided minus alone, from the two Wilson intervals (Newcombe 1998, method 10). */
function difference(
  aided: AidBar,
  a: { low: number; high: number },
  alone: AidBar,
  b: { low: number; high: number },
): { low: number; high: number } {
  const middle = aided.share - alone.share;
  return {
    low: middle - Math.hypot(aided.share - a.low, b.high - alone.share),
    high: middle + Math.hypot(a.high - aided.share, alone.share - b.low),
  };
}
