export const GRADE_USAGE =
  'usage: edirae lab grade <lab id or folder> <submission> [--sandbox NAME] [--language py|ts] [--seed N] [--json]';

export const PULL_USAGE = 'usage: edirae lab pull <lab id> [folder] [--language py|ts] [--server URL]';
export const TEST_USAGE = 'usage: edirae lab test [folder] [--sandbox NAME] [--json]';
export const SUBMIT_USAGE = 'usage: edirae lab submit [folder] [--server URL] [--no-wait] [--json]';
export const SIGN_IN_USAGE =
  'usage: edirae lab sign-in [--server URL]   the token is read from standard input';

/** Says what is wrong with the call. Apart from `called-wrongly.ts`, which loads the school: grading needs none of it. */
export function labCalledWrongly(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}
