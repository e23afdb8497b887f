/** Prints `passed failed` of a JSON report by Vitest or Playwright, for the last line of `.ci/run`, and what failed on standard error. */
import { readFileSync } from 'node:fs';

interface Suite {
  title: string;
  suites?: Suite[];
  specs?: { title: string; ok: boolean }[];
}

interface Report {
  numPassedTests?: number;
  numFailedTests?: number;
  numFailedTestSuites?: number;
  testResults?: {
    name: string;
    message?: string;
    status: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
  stats?: { expected: number; unexpected: number; flaky: number };
  suites?: Suite[];
  errors?: unknown[];
}

function failedSpecs(suite: Suite): string[] {
  const own = (suite.specs ?? []).filter((spec) => !spec.ok).map((spec) => `${suite.title}: ${spec.title}`);
  return [...own, ...(suite.suites ?? []).flatMap(failedSpecs)];
}

const report = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Report;
const passed = report.numPassedTests ?? (report.stats ? report.stats.expected + report.stats.flaky : 0);
const failed = report.stats
  ? report.stats.unexpected + (report.errors?.length ?? 0)
  : (report.numFailedTests ?? 0) || (report.numFailedTestSuites ?? 0);
for (const file of report.testResults ?? []) {
  if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'))
    console.error(`${file.name}: ${(file.message ?? '').slice(0, 400)}`);
  for (const { fullName, status, failureMessages = [] } of file.assertionResults)
    if (status === 'failed')
      console.error(`${file.name}: ${fullName}\n  ${failureMessages.join('\n').slice(0, 600)}`);
    else if (failureMessages.length > 0)
      console.error(
        `passed the second time: ${file.name}: ${fullName}\n  ${failureMessages[0]?.slice(0, 300) ?? ''}`,
      );
}
for (const name of (report.suites ?? []).flatMap(failedSpecs)) console.error(name);
console.log(`${passed} ${failed}`);
