import type { Queries } from '../store/transaction.ts';
import type { JobKind } from './job-kind.ts';

/** A job that was put down and is to be run. */
export interface Announced {
  id: string;
  kind: string;
  /** Milliseconds from now; 0 or less: at once. */
  dueInMs: number;
}

/**
 * How processes hear that there is work. The row in `jobs` is the job; what is delivered is only a call to look for
 * the next one, so a call too many does nothing and a lost one is made good by the sweep.
 */
export interface Delivery {
  /** Called in the transaction that wrote the job: nobody is called for work that was rolled back. */
  announce(tx: Queries, job: Announced): Promise<void>;
  /** Begins to call: `runNext` runs one job of a kind, and says whether there was one. */
  serve(kinds: readonly JobKind[], runNext: (kind: JobKind) => Promise<boolean>): Promise<void>;
  /** Calls no more. Jobs under way are not touched. */
  stop(): Promise<void>;
}
