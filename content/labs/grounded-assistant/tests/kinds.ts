export type Step = { call: string; args: unknown[] };
export type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps: Step[];
  expect?: unknown;
  tol?: number;
  check?: (results: unknown[]) => string | null;
};
