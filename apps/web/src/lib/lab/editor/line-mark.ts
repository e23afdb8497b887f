/** A line of a file that something was raised on, 1 for the first. */
export interface LineMark {
  path: string;
  line: number;
  message: string;
}

/** `solution.py line 4` as the harness says it, `solution.py, line 4` as Python does. */
const PLACE = /\(([\w./-]+\.\w+),? line (\d+)\)/;

/** The line that a message of the grader names, where it names one. */
export function findMark(message: string): LineMark | undefined {
  const found = PLACE.exec(message);
  return found?.[1] === undefined ? undefined : { path: found[1], line: Number(found[2]), message };
}
