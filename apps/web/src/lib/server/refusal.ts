import type { StartCheck, StartPlacement, StartPractice, StartReview } from '@edirae/school';

type Asked = StartCheck | StartPlacement | StartPractice | StartReview;

/** Why something cannot be done now, for a page to explain. Nothing was recorded. */
export type Refusal = Exclude<Asked, { outcome: 'open' | 'done' | 'none-due' | 'not-found' }>;
