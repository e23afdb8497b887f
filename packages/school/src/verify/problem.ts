/** Something that a whole ledger does not have. `seq` is 0 where it concerns no single event, `learner` is empty where it concerns no single learner. */
export interface LedgerProblem {
  learner: string;
  seq: number;
  problem: string;
}
