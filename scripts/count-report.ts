/** Prints `passed failed` of a JSON report by Vitest or Playwright, for the last line of `.ci/run`. */
import { readFileSync } from 'node:fs';

interface Report {
  numPassedTests?: number;
  numFailedTests?: number;
  numFailedTestSuites?: number;
  stats?: { expected: number; unexpected: number; flaky: number };
  errors?: unknown[];
}

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Report;
const passed = report.numPassedTests ?? (report.stats ? report.stats.expected + report.stats.flaky : 0);
const failed = report.stats
  ? report.stats.unexpected + (report.errors?.length ?? 0)
  : (report.numFailedTests ?? 0) || (report.numFailedTestSuites ?? 0);
console.log(`${passed} ${failed}`);
