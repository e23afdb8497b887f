import { parseArgs } from 'node:util';
import { findSandbox, gradeSubmission, toSubmission } from '@edirae/labs';
import { readPulled, readWork, toLab } from './lab-folder.ts';
import { countTests, describeTests } from './lab-report.ts';
import { withRefusals } from './lab-refused.ts';
import { labCalledWrongly, TEST_USAGE } from './lab-usage.ts';

const SANDBOX_MISSING = 3;

/** Runs the visible tests on this machine, in a sandbox; no server is asked. Exit codes: 0 all passed, 1 not, 2 called wrongly, 3 no such sandbox here. */
export async function runTest(args: string[]): Promise<number> {
  const options = parse(args);
  if (options === undefined) return labCalledWrongly(TEST_USAGE);
  const { folder, sandbox: name, json } = options;
  return withRefusals(async () => {
    const pulled = readPulled(folder);
    const lab = toLab(pulled);
    const { files, entry } = readWork(folder, pulled);
    const submission = toSubmission(lab, new Map(Object.entries(files)), entry);
    const language = submission.kind === 'program' ? submission.program.language : pulled.language;
    const sandbox = await findSandbox(language, { name, ready: 0 });
    if (!sandbox) {
      process.stderr.write(
        `This machine has no sandbox${name === undefined ? '' : ` called ${name}`} for ${language}.\n`,
      );
      return SANDBOX_MISSING;
    }
    try {
      const { result } = await gradeSubmission({ lab, submission, sandbox, seed: 1, tests: 'visible' });
      process.stdout.write(
        json
          ? `${JSON.stringify(result)}\n`
          : [
              ...(result.stdout === '' ? [] : [result.stdout.trimEnd(), '']),
              ...describeTests(result.tests),
              ...(result.reason === null ? [] : [result.reason]),
              `${lab.id}: ${result.status}, ${countTests(result.tests)} that you can see. Only a submission is evidence.`,
              '',
            ].join('\n'),
      );
      return result.status === 'passed' ? 0 : 1;
    } finally {
      await sandbox.close();
    }
  });
}

function parse(args: string[]): { folder: string; sandbox: string | undefined; json: boolean } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { sandbox: { type: 'string' }, json: { type: 'boolean' } },
    });
    if (positionals.length > 1) return undefined;
    return { folder: positionals[0] ?? '.', sandbox: values.sandbox, json: values.json ?? false };
  } catch {
    return undefined;
  }
}
