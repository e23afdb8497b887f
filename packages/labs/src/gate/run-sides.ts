import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../contract/lab.ts';
import type { Result } from '../contract/result.ts';
import { gradeSubmission } from '../grade/grade-submission.ts';
import type { Lab } from '../load/lab.ts';
import { readSubmission } from '../load/read-submission.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { listWrong } from './lint-lab.ts';
import type { LabProblem } from './problem.ts';

/** Seeds that a solution has to pass with: what `hidden.ts` draws must not decide. */
const SEEDS = [1, 2, 3];

interface Run {
  /** Folder below the lab's: `solution`, `starter` or `wrong/<name>`. */
  side: string;
  language: Language;
  sandbox: string;
  seed: number;
  result: Result;
}

/**
 * The three-sided gate, on every sandbox given: the starter starts and fails, the solution passes whatever the seed,
 * each wrong answer fails some tests and not all, no two fail the same ones, and the sandboxes of a language agree.
 */
export async function runSides(lab: Lab, sandboxes: readonly Sandbox[]): Promise<LabProblem[]> {
  const runs: Run[] = [];
  for (const language of lab.languages) {
    const able = sandboxes.filter((sandbox) => sandbox.languages.includes(language));
    const wrong = listWrong(lab).map((name) => `wrong/${name}`);
    for (const side of ['starter', 'solution', ...wrong]) {
      const entry = lab.entry[language]!;
      if (!existsSync(join(lab.folder, side, entry))) continue;
      const submission = readSubmission(lab, join(lab.folder, side), language);
      for (const seed of side === 'solution' ? SEEDS : SEEDS.slice(0, 1)) {
        // One seed is enough to see whether sandboxes agree; the others are for the tests, in the fastest.
        const asked = seed === SEEDS[0] ? able : able.slice(0, 1);
        // Side by side: they are different processes, and a machine has more than one core.
        const results = await Promise.all(
          asked.map((sandbox) => gradeSubmission({ lab, submission, sandbox, seed })),
        );
        for (const [at, { result }] of results.entries())
          runs.push({ side, language, sandbox: asked[at]!.name, seed, result });
      }
    }
  }
  return [...judgeEach(lab, runs), ...judgeWrong(lab, runs), ...judgeAgreement(lab, runs)];
}

function error(rule: string, file: string, message: string): LabProblem {
  return { severity: 'error', rule, file, message };
}

function fileOf(lab: Lab, run: Run): string {
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
function wordsOf(result: Result): string {
  return result.tests.map((test) => test.message.replace(/[\d.,e+-]+/g, '#')).join('\n');
}

function failedTests(result: Result): string[] {
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
function agree(one: Result, other: Result): boolean {
  if (one.status === 'timeout' || other.status === 'timeout')
    return one.status !== 'passed' && other.status !== 'passed';
  return (
    one.status === other.status && one.tests.every((test, at) => test.passed === other.tests[at]?.passed)
  );
}
