import type { Confidence } from '@edirae/engine';
import type { TrialReport } from '../refit/trial-report.ts';

/** Decisions or answers from which a figure is printed; below it the page says "not enough data". */
export const ENOUGH = 30;

/** A share with its 95% Wilson interval, 0..1; all three null under 30. */
export interface ShareView {
  /** What it is a share of. */
  n: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

/** Passes and what the first delayed review said of them. `n` is the number reviewed. */
export interface DelayedReviewView extends ShareView {
  /** First passes, reviewed since or not. */
  decisions: number;
  /** Of the reviewed, those missed; null under 30. */
  failed: number | null;
}

/** What this installation's gate was worth: counts over everybody, without anybody in them. */
export interface GateRecordView {
  /** Epoch ms; at most ten minutes ago. */
  computedAt: number;
  learners: number;
  /** Ledger rows read. */
  rows: number;
  /** Learners whose ledger says that the clock was shifted for a test. */
  shifted: number;
  /** The least n that is printed. */
  enough: number;
  all: DelayedReviewView;
  /** Every module, in order. */
  modules: (DelayedReviewView & { id: string; number: number; title: string })[];
  /** First tries with a stated confidence, `brier` null under 30. 0 is perfect, .25 a coin. */
  confidence: { n: number; brier: number | null; levels: (ShareView & { said: Confidence })[] };
  /** First tries without help, by the p recorded before them. `mean` is the mean p in the bin. */
  p: {
    n: number;
    brier: number | null;
    bins: (ShareView & { from: number; to: number; mean: number | null })[];
  };
  /** What computed p: the shipped estimator, then those re-fitted on this installation's ledger, in the order adopted. */
  estimators: { id: string; adoptedAt: number | null; trial: TrialReport | null }[];
  disputes: { raised: number; open: number; upheld: number; declined: number; withdrawn: number };
}
