import type { Result } from '@edirae/labs';

/** A hostile submission. In its code `@NAME@` stands for what the attacked machine is like; see `stage.ts`. */
export interface Attack {
  name: string;
  /** What must not happen, for people; the stage watches for all of it after every attack. */
  mustNot: string;
  code: string;
  /** How it may end; unless said otherwise failed, error or timeout, and never passed. */
  ends?: readonly Result['status'][];
}

export const NOT_PASSED: readonly Result['status'][] = ['failed', 'error', 'timeout'];
