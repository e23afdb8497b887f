import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gradeSubmission } from '../grade/grade-submission.ts';
import type { Lab } from '../load/lab.ts';
import { readSubmission } from '../load/read-submission.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { digestRun, type GateCache } from './gate-cache.ts';
import { fileOf, judgeRuns, type Run, type Verdicts } from './judge-runs.ts';
import { listWrong } from './lint-lab.ts';
import type { LabProblem } from './problem.ts';

/** Seeds that a solution has to pass with: what `hidden.ts` draws must not decide. */
const SEEDS = [1, 2, 3];

type Planned = Omit<Run, 'sandbox' | 'result'> & { sandbox: Sandbox };

/**
 * The three-sided gate, on every sandbox given: the starter starts and fails, the solution passes whatever the seed,
 * each wrong answer fails some tests and not all, no two fail the same ones, and the sandboxes of a language agree.
 * What was run before, with the same files and the same code, is not run again.
 */
export async function runSides(
  lab: Lab,
  sandboxes: readonly Sandbox[],
  cache: GateCache,
): Promise<LabProblem[]> {
  const planned = planRuns(lab, sandboxes);
  const digests = planned.map((run) => digestRun(lab.folder, { ...run, sandbox: run.sandbox.name }));
  const verdicts = digests.map((digest) => cache.find(digest));
  const left = [...planned.keys()].filter((at) => verdicts[at] === undefined);
  // The strongest sandbox is the fastest too: with its short runs last, no core waits long for the others at the end.
  const rank = (at: number) => sandboxes.indexOf(planned[at]!.sandbox);
  await doTogether(
    left.sort((a, b) => rank(b) - rank(a)),
    async (at) => {
      verdicts[at] = await gradeRun(lab, planned[at]!);
    },
  );
  const runs = planned.map((run, at): Run => ({ ...run, sandbox: run.sandbox.name, result: verdicts[at]! }));
  const problems = judgeRuns(lab, runs);
  for (const at of left) if (mayKeep(lab, runs[at]!, problems)) cache.keep(digests[at]!, verdicts[at]!);
  return problems;
}

function planRuns(lab: Lab, sandboxes: readonly Sandbox[]): Planned[] {
  const wrong = listWrong(lab).map((name) => `wrong/${name}`);
  return lab.languages.flatMap((language) => {
    const able = sandboxes.filter((sandbox) => sandbox.languages.includes(language));
    return ['starter', 'solution', ...wrong]
      .filter((side) => existsSync(join(lab.folder, fileOf(lab, { side, language }))))
      .flatMap((side) =>
        (side === 'solution' ? SEEDS : SEEDS.slice(0, 1)).flatMap((seed) =>
          // One seed is enough to see whether sandboxes agree; the others are for the tests, in the fastest.
          (seed === SEEDS[0] ? able : able.slice(0, 1)).map((sandbox) => ({ side, language, seed, sandbox })),
        ),
      );
  });
}

async function gradeRun(lab: Lab, { side, language, seed, sandbox }: Planned): Promise<Verdicts> {
  const submission = readSubmission(lab, join(lab.folder, side), language);
  const { result } = await gradeSubmission({ lab, submission, sandbox, seed });
  const tests = result.tests.map(({ name, passed, message }) => ({ name, passed, message }));
  return { status: result.status, reason: result.reason, tests };
}

/** What failed is run again, and what a time limit cut short: a busy machine may have been the reason. */
function mayKeep(lab: Lab, run: Run, problems: readonly LabProblem[]): boolean {
  const file = fileOf(lab, run);
  return (
    run.result.status !== 'timeout' &&
    !problems.some((problem) => problem.severity === 'error' && problem.file === file)
  );
}

/** As many at once as the machine has processors, in the order given. */
async function doTogether<T>(tasks: readonly T[], act: (task: T) => Promise<void>): Promise<void> {
  const waiting = [...tasks];
  const work = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await act(task);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
}
