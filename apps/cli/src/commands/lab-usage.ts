export const GRADE_USAGE =
  'usage: edirae lab grade <lab id or folder> <submission> [--sandbox NAME] [--language py|ts] [--seed N] [--json]';

/** Says what is wrong with the call. Apart from `called-wrongly.ts`, which loads the school: grading needs none of it. */
export function labCalledWrongly(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 2;
}
