/** What is wrong with a lab's folder, said so that its author knows what to do. */
export interface LabProblem {
  severity: 'error' | 'warning';
  rule: string;
  /** Path below the lab's folder. */
  file: string;
  message: string;
}
