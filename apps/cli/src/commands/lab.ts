import { calledWrongly } from './called-wrongly.ts';
import { runGrade } from './lab-grade.ts';

const USAGE =
  'usage: edirae lab grade <lab id or folder> <submission> [--sandbox NAME] [--language py|ts] [--seed N] [--json]';

/** What is done with labs from the command line. */
export async function runLab([act, ...rest]: string[]): Promise<number> {
  if (act === 'grade') return runGrade(rest);
  return calledWrongly(USAGE);
}
