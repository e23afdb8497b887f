import { runGrade } from './lab-grade.ts';
import {
  GRADE_USAGE,
  labCalledWrongly,
  PULL_USAGE,
  SIGN_IN_USAGE,
  SUBMIT_USAGE,
  TEST_USAGE,
} from './lab-usage.ts';

const ACTS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  grade: runGrade,
  pull: async (args) => (await import('./lab-pull.ts')).runPull(args),
  'sign-in': async (args) => (await import('./lab-sign-in.ts')).runSignIn(args),
  submit: async (args) => (await import('./lab-submit.ts')).runSubmit(args),
  test: async (args) => (await import('./lab-test.ts')).runTest(args),
};

/** What is done with labs from the command line. */
export async function runLab([act = '', ...rest]: string[]): Promise<number> {
  const run = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
  if (run) return run(rest);
  return labCalledWrongly([PULL_USAGE, TEST_USAGE, SUBMIT_USAGE, SIGN_IN_USAGE, GRADE_USAGE].join('\n'));
}
