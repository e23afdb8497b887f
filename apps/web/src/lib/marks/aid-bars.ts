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
  if (aided.figures.low > alone.figures.high)
    return `${points} points more with help. The lower bar is the one that predicts your work.`;
  if (alone.figures.low > aided.figures.high)
    return `${points} points more alone: help is taken where the questions are hard.`;
  return 'The intervals overlap: no difference beyond what chance allows. Alone is the one that predicts your work.';
}
