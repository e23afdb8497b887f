/** A test as any grader tells it; hidden ones say nothing but their names. */
interface ToldTest {
  name: string;
  visible: boolean;
  passed: boolean;
  message?: string | undefined;
}

/** For people: one line a test, with why it failed. */
export function describeTests(tests: readonly ToldTest[]): string[] {
  return tests.map(({ passed, visible, name, message = '' }) => {
    const why = passed || message === '' ? '' : `\n              ${message}`;
    return `${passed ? 'pass' : 'FAIL'}  ${visible ? '      ' : 'hidden'}  ${name}${why}`;
  });
}

/** "7 of 9 tests". */
export function countTests(tests: readonly ToldTest[]): string {
  return `${tests.filter(({ passed }) => passed).length} of ${tests.length} tests`;
}
