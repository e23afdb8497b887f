/** Re-fitting an estimator on a product's own ledger: collected, fitted, judged. */
export { RefitLog } from './refit-log.ts';
export type { Scores } from './scores.ts';
export { tryRefit } from './try-refit.ts';
export type { RefitTrial } from './try-refit.ts';
