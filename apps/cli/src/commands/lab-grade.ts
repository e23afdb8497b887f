import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  findSandbox,
  gradeSubmission,
  LabError,
  languageSchema,
  loadLab,
  readSubmission,
} from '@edirae/labs';
import type { Lab, Result, Sandbox, Submission } from '@edirae/labs';
import { countTests, describeTests } from './lab-report.ts';
import { GRADE_USAGE as USAGE, labCalledWrongly } from './lab-usage.ts';

const LABS = resolve(import.meta.dirname, '../../../../content/labs');
const SANDBOX_MISSING = 3;

interface Options {
  lab: Lab;
  submission: Submission;
  sandbox: string | undefined;
  seed: number;
  json: boolean;
}

/**
 * Grades a submission here and prints everything, messages of hidden tests included: it is the operator's command.
 * Exit codes: 0 graded, whatever the status; 2 called wrongly; 3 no such sandbox on this machine.
 */
export async function runGrade(args: string[]): Promise<number> {
  const options = await parseOptions(args);
  if (typeof options === 'string') return labCalledWrongly(options);
  const { lab, submission, seed } = options;
  const sandbox = await chooseSandbox(submission, options.sandbox);
  if (!sandbox) {
    const wanted = options.sandbox === undefined ? 'no sandbox' : `no sandbox called ${options.sandbox}`;
    process.stderr.write(
      `This machine has ${wanted} for this submission; docs/lab-contract.md lists them.\n`,
    );
    return SANDBOX_MISSING;
  }
  try {
    const { result } = await gradeSubmission({ lab, submission, sandbox, seed });
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : describe(result));
    return 0;
  } catch (error) {
    if (error instanceof LabError) return labCalledWrongly(error.message);
    throw error;
  } finally {
    await sandbox.close();
  }
}

/** A rejected submission needs none, but a name that was asked for must be right all the same. */
async function chooseSandbox(submission: Submission, name: string | undefined): Promise<Sandbox | undefined> {
  if (submission.kind === 'program') return findSandbox(submission.program.language, { name, ready: 0 });
  return (await findSandbox('py', { name, ready: 0 })) ?? findSandbox('ts', { name, ready: 0 });
}

async function parseOptions(args: string[]): Promise<Options | string> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        sandbox: { type: 'string' },
        language: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const [labName, path] = positionals;
    if (labName === undefined || path === undefined || positionals.length > 2) return USAGE;
    const folder = findLabFolder(labName);
    if (folder === undefined)
      return `There is no lab ${labName}, neither in content/labs nor as a folder.\n${USAGE}`;
    if (!existsSync(path)) return `There is no ${path}.\n${USAGE}`;
    const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
    if (!Number.isSafeInteger(seed) || seed < 0) return `--seed takes a whole number.\n${USAGE}`;
    const language = languageSchema.optional().safeParse(values.language);
    if (!language.success) return `--language takes py or ts.\n${USAGE}`;
    const lab = await loadLab(folder);
    return {
      lab,
      submission: readSubmission(lab, path, language.data),
      sandbox: values.sandbox,
      seed,
      json: values.json ?? false,
    };
  } catch (error) {
    return error instanceof LabError
      ? error.message
      : `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}

function findLabFolder(name: string): string | undefined {
  return [join(LABS, name), resolve(name)].find((folder) => existsSync(join(folder, 'lab.yaml')));
}

/** For people: the verdict, one line a test, and what ended the run. */
function describe(result: Result): string {
  const { wallMs, peakMemoryMb } = result.resources;
  return [
    ...describeTests(result.tests),
    ...(result.reason === null ? [] : [result.reason]),
    `${result.lab}: ${result.status}, ${countTests(result.tests)}, ${result.score.total} points; ${result.sandbox ?? 'not run'}, seed ${result.seed}, ${wallMs} ms, ${peakMemoryMb} MiB`,
    '',
  ].join('\n');
}
