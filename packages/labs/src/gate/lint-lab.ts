import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LabTest } from '../contract/test.ts';
import { listTests } from '../grade/grade-submission.ts';
import { findTarget, type Lab } from '../load/lab.ts';
import type { LabProblem } from './problem.ts';

/** Fewer hidden tests than this can be guessed at. */
const MIN_HIDDEN = 8;
const MIN_WRONG = 3;
const PAGES = ['instructions.md', 'hints.md', 'design.md'];

/** What can be said about a lab without running anything. `skills` are those that exist. */
export function lintLab(lab: Lab, skills: ReadonlySet<string>): LabProblem[] {
  const problems: LabProblem[] = [];
  const error = (rule: string, file: string, message: string) =>
    problems.push({ severity: 'error', rule, file, message });
  const tests = listTests({ lab, seed: 1 });
  if (basename(lab.folder) !== lab.id)
    error(
      'lab-id',
      'lab.yaml',
      `is called ${lab.id} and stands in the folder ${basename(lab.folder)}; they are the same`,
    );
  for (const page of PAGES) if (!existsSync(join(lab.folder, page))) error('lab-pages', page, 'is missing');
  for (const language of lab.languages)
    for (const side of ['starter', 'solution'])
      if (!existsSync(join(lab.folder, side, lab.entry[language]!)))
        error('lab-sides', `${side}/${lab.entry[language]!}`, 'is missing');
  const hidden = tests.filter((test) => !test.visible).length;
  if (hidden < MIN_HIDDEN)
    error('lab-hidden-tests', 'tests', `has ${hidden} hidden tests, needs ${MIN_HIDDEN}`);
  if (!tests.some((test) => test.visible))
    error('lab-visible-tests', 'tests/visible.yaml', 'has no test to work against');
  const wrong = listWrong(lab).length;
  if (wrong < MIN_WRONG)
    error('lab-wrong-answers', 'wrong', `has ${wrong} named wrong answers, needs ${MIN_WRONG}`);
  const named = new Set([...lab.rubric.flatMap((line) => line.skills), ...tests.map((test) => test.skill)]);
  for (const skill of named)
    if (!skills.has(skill)) error('lab-skills', 'lab.yaml', `names ${skill}, which is no skill`);
  lintRubric(lab, tests, error);
  lintTargets(lab, tests, error);
  return problems;
}

type Say = (rule: string, file: string, message: string) => void;

function lintRubric(lab: Lab, tests: readonly LabTest[], error: Say): void {
  for (const line of lab.rubric) {
    const count = tests.filter((test) => test.rubric === line.id).length;
    if (line.by === 'tests' && count === 0)
      error('lab-rubric', 'lab.yaml', `gives ${line.weight} points for ${line.id}, which no test decides`);
    if (line.by === 'person' && count > 0)
      error('lab-rubric', 'lab.yaml', `leaves ${line.id} to a person, and ${count} tests decide it`);
    if (line.file !== undefined && !existsSync(join(lab.folder, 'starter', line.file)))
      error('lab-written', `starter/${line.file}`, 'is missing: a written part begins from something');
    if (line.skills.length === 0)
      error('lab-rubric', 'lab.yaml', `says of ${line.id} no skill that it shows`);
  }
}

/** Steps of tests that are driven by hand are not known before they run. */
function lintTargets(lab: Lab, tests: readonly LabTest[], error: Say): void {
  const missing = new Set<string>();
  for (const step of tests.flatMap((test) => test.steps)) {
    if ('new' in step && findTarget(lab, step.new)?.kind !== 'class') missing.add(`the class ${step.new}`);
    if ('call' in step && !('on' in step) && findTarget(lab, step.call)?.kind !== 'function')
      missing.add(`the function ${step.call}`);
  }
  for (const what of missing)
    error('lab-targets', 'lab.yaml', `does not list ${what} as a target, and a test uses it`);
}

/** Names of the wrong answers: the folders under `wrong/`. */
export function listWrong(lab: Lab): string[] {
  const folder = join(lab.folder, 'wrong');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
