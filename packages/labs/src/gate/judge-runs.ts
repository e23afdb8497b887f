import type { Language } from '../contract/lab.ts';
import type { Result } from '../contract/result.ts';
import type { Lab } from '../load/lab.ts';
import type { LabProblem } from './problem.ts';

/** What is judged of a result, and so all that is remembered of it. */
export type Verdicts = Pick<Result, 'status' | 'reason'> & {
  tests: { name: string; passed: boolean; message: string }[];
};

export interface Run {
  /** Folder below the lab's: `solution`, `starter` or `wrong/<name>`. */
  side: string;
  language: Language;
  sandbox: string;
  seed: number;
  result: Verdicts;
}

/** Whether the runs are those of a lab that shows what it should: see `docs/lab-contract.md`, “The gate”. */
export function judgeRuns(lab: Lab, runs: readonly Run[]): LabProblem[] {
  return [...judgeEach(lab, runs), ...judgeWrong(lab, runs), ...judgeAgreement(lab, runs)];
}

function error(rule: string, file: string, message: string): LabProblem {
  return { severity: 'error', rule, file, message };
}

/** The entry file of a run's side, below the lab's folder. */
export function fileOf(lab: Lab, run: Pick<Run, 'side' | 'language'>): string {
  return `${run.side}/${lab.entry[run.language]!}`;
}

function judgeEach(lab: Lab, runs: readonly Run[]): LabProblem[] {
  return runs.flatMap((run) => {
    const { status, tests, reason } = run.result;
    const at = `in ${run.sandbox} with seed ${run.seed}`;
    if (run.side === 'solution') {
      if (status === 'passed') return [];
      const first = tests.find((test) => !test.passed);
      const why = reason ?? `“${first?.name}”: ${first?.message}`;
      return [error('lab-solution-passes', fileOf(lab, run), `is ${status} ${at}: ${why}`)];
    }
    if (run.side === 'starter' && status !== 'failed')
      return [
        error(
          'lab-starter-fails',
          fileOf(lab, run),
          `is ${status} ${at}; it has to start and fail (${reason ?? 'no reason'})`,
        ),
      ];
    if (run.side !== 'starter' && status !== 'failed' && status !== 'timeout')
      return [
        error(
          'lab-wrong-fails',
          fileOf(lab, run),
          `is ${status} ${at}; it has to run and fail (${reason ?? 'no reason'})`,
        ),
      ];
    if (run.side !== 'starter' && status === 'failed' && !tests.some((test) => test.passed))
      return [
        error('lab-wrong-fails', fileOf(lab, run), `fails every test ${at}: that shows no one mistake`),
      ];
    return [];
  });
}

/** Two wrong answers that fail the same tests in the same words are not told apart; in other words, a person looks. */
function judgeWrong(lab: Lab, runs: readonly Run[]): LabProblem[] {
  const problems: LabProblem[] = [];
  for (const language of lab.languages) {
    const seen = new Map<string, Run>();
    const first = runs.find((run) => run.language === language)?.sandbox;
    for (const run of runs) {
      if (run.language !== language || run.sandbox !== first || !run.side.startsWith('wrong/')) continue;
      const key = failedTests(run.result).join('\n');
      const twin = seen.get(key);
      if (twin && key !== '')
        problems.push({
          severity: wordsOf(twin.result) === wordsOf(run.result) ? 'error' : 'warning',
          rule: 'lab-wrong-own-reason',
          file: fileOf(lab, run),
          message: `fails the same tests as ${twin.side}; add one that tells them apart`,
        });
      seen.set(key, run);
    }
  }
  return problems;
}

/** What the failed tests say, numbers aside. */
function wordsOf(result: Verdicts): string {
  return result.tests.map((test) => test.message.replace(/[\d.,e+-]+/g, '#')).join('\n');
}

function failedTests(result: Verdicts): string[] {
  return result.tests.filter((test) => !test.passed).map((test) => test.name);
}

function judgeAgreement(lab: Lab, runs: readonly Run[]): LabProblem[] {
  const first = new Map<string, Run>();
  return runs.flatMap((run) => {
    const key = `${run.side} ${run.language} ${run.seed}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, run);
      return [];
    }
    if (agree(run.result, other.result)) return [];
    const differs = run.result.tests.find((test, at) => test.passed !== other.result.tests[at]?.passed);
    return [
      error(
        'lab-sandboxes-agree',
        fileOf(lab, run),
        `is ${run.result.status} in ${run.sandbox} and ${other.result.status} in ${other.sandbox}${differs ? `; they differ on “${differs.name}”` : ''}`,
      ),
    ];
  });
}

/** The same verdict on every test. Where the time limit cuts a run short is the machine's affair, if neither passes. */
function agree(one: Verdicts, other: Verdicts): boolean {
  if (one.status === 'timeout' || other.status === 'timeout')
    return one.status !== 'passed' && other.status !== 'passed';
  return (
    one.status === other.status && one.tests.every((test, at) => test.passed === other.tests[at]?.passed)
  );
}
