import { runGrade } from './lab-grade.ts';
import { GRADE_USAGE, labCalledWrongly } from './lab-usage.ts';

/** What is done with labs from the command line. */
export async function runLab([act, ...rest]: string[]): Promise<number> {
  if (act === 'grade') return runGrade(rest);
  return labCalledWrongly(GRADE_USAGE);
}
