import { createRandom } from '../contract/random.ts';
import type { Result, Status, TestOutcome } from '../contract/result.ts';
import type { LabTest } from '../contract/test.ts';
import type { Lab } from '../load/lab.ts';
import type { Submission } from '../load/to-submission.ts';
import type { Program, Sandbox, Session, Usage } from '../sandbox/sandbox.ts';
import { describeRaised, driveTest, isMemory } from './drive-test.ts';
import { scoreTests } from './score.ts';

export interface Grading {
  lab: Lab;
  submission: Submission;
  sandbox: Sandbox;
  /** Decides what `hidden.ts` draws: the same seed asks the same. */
  seed: number;
  /** `visible` leaves the hidden tests out: a practice run. */
  tests?: 'all' | 'visible';
  signal?: AbortSignal;
  /** Called after each test, with how many are done. */
  progress?: (done: number, of: number) => void;
}

/** A graded submission, twice: everything, for the operator; and what its author may see. */
export interface Graded {
  result: Result;
  /** Hidden tests by name and verdict only, and nothing that was printed while they ran. */
  forLearner: Result;
}

const NOTHING_USED: Usage = { wallMs: 0, cpuMs: 0, peakMemoryMb: 0 };

/** Grades one submission. Rejects only if a sandbox is broken or the signal aborts; everything code does is a status. */
export async function gradeSubmission(grading: Grading): Promise<Graded> {
  const { lab, submission, sandbox } = grading;
  const tests = listTests(grading);
  if (submission.kind === 'rejected') {
    const run = emptyRun(tests, 'rejected', submission.reason);
    return document(grading, run, NOTHING_USED, submission.language, null);
  }
  const { program } = submission;
  const session = await sandbox.open(program, lab.limits, grading.signal);
  const abort = () => void session.close();
  grading.signal?.addEventListener('abort', abort, { once: true });
  try {
    const run = await runTests({ lab, program, session }, tests, grading);
    const usage = await session.close();
    grading.signal?.throwIfAborted();
    return document(grading, run, usage, program.language, sandbox.name);
  } finally {
    grading.signal?.removeEventListener('abort', abort);
    await session.close();
  }
}

/** The tests of one run, visible ones first. */
export function listTests(grading: Pick<Grading, 'lab' | 'seed' | 'tests'>): LabTest[] {
  const visible = grading.lab.tests.filter((test) => test.visible);
  if (grading.tests === 'visible') return visible;
  const made = grading.lab.makeTests?.(createRandom(`${grading.lab.id}:${grading.seed}`)) ?? [];
  return [...visible, ...grading.lab.tests.filter((test) => !test.visible), ...made];
}

interface Run {
  status: Status;
  reason: string | null;
  /** Whether the reason came up before any hidden test, so that its author may read it. */
  reasonIsOpen: boolean;
  outcomes: TestOutcome[];
  output: { text: string; truncated: boolean };
  /** What had been printed before the first hidden test. */
  openOutput: { text: string; truncated: boolean };
}

async function runTests(
  driver: { lab: Lab; program: Program; session: Session },
  tests: readonly LabTest[],
  grading: Grading,
): Promise<Run> {
  const { session } = driver;
  const outcomes: TestOutcome[] = [];
  let openOutput: Run['openOutput'] | undefined;
  let end: { how: 'error' | 'timeout'; reason: string; open: boolean } | undefined;
  for (const test of tests) {
    if (!test.visible) openOutput ??= session.output();
    const begun = await session.begin();
    if (begun.kind === 'raised') {
      const what = isMemory(begun.raised) ? 'passed the memory limit when it started' : 'did not start';
      end = { how: 'error', reason: `${what}: ${describeRaised(begun.raised)}`, open: test.visible };
    }
    if (begun.kind === 'ended') end = { ...begun, open: test.visible };
    if (end) break;
    const verdict = await driveTest(driver, test);
    if (verdict.kind === 'ended') {
      end = { ...verdict, open: test.visible };
      break;
    }
    outcomes.push(
      outcomeOf(test, verdict.kind === 'passed', verdict.kind === 'failed' ? verdict.message : ''),
    );
    grading.progress?.(outcomes.length, tests.length);
  }
  const reached = outcomes.length;
  for (const [at, test] of tests.slice(reached).entries())
    outcomes.push(outcomeOf(test, false, at === 0 && end ? end.reason : 'not run'));
  return {
    status: end?.how ?? (outcomes.every((outcome) => outcome.passed) ? 'passed' : 'failed'),
    reason: end?.reason ?? null,
    reasonIsOpen: end?.open ?? true,
    outcomes,
    output: session.output(),
    openOutput: openOutput ?? session.output(),
  };
}

function outcomeOf(test: LabTest, passed: boolean, message: string): TestOutcome {
  const { name, rubric, skill, visible } = test;
  return { name, rubric, skill, visible, passed, message };
}

function emptyRun(tests: readonly LabTest[], status: Status, reason: string): Run {
  return {
    status,
    reason,
    reasonIsOpen: true,
    outcomes: tests.map((test) => outcomeOf(test, false, 'not run')),
    output: { text: '', truncated: false },
    openOutput: { text: '', truncated: false },
  };
}

/** What a learner reads where the cause came up in a hidden test: its text may hold what the test sent in. */
const CLOSED_REASON: Readonly<Record<Status, string>> = {
  passed: '',
  failed: '',
  error: 'The submission ended or raised while a hidden test ran.',
  timeout: 'The time limit was reached while a hidden test ran.',
  rejected: '',
};

function document(
  grading: Grading,
  run: Run,
  usage: Usage,
  language: Result['language'],
  sandbox: string | null,
): Graded {
  const result: Result = {
    version: 1,
    lab: grading.lab.id,
    language,
    sandbox,
    seed: grading.seed,
    status: run.status,
    reason: run.reason,
    tests: run.outcomes,
    score: scoreTests(grading.lab.rubric, run.outcomes),
    stdout: run.output.text,
    truncated: run.output.truncated,
    resources: {
      wallMs: Math.round(usage.wallMs),
      cpuMs: Math.round(usage.cpuMs),
      peakMemoryMb: Math.round(usage.peakMemoryMb * 10) / 10,
    },
  };
  const forLearner: Result = {
    ...result,
    reason: run.reasonIsOpen ? run.reason : CLOSED_REASON[run.status],
    tests: run.outcomes.map((test) => (test.visible ? test : { ...test, message: '' })),
    stdout: run.openOutput.text,
    truncated: run.openOutput.truncated,
  };
  return { result, forLearner };
}
