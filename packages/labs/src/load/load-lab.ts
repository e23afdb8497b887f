import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { labSchema } from '../contract/lab.ts';
import type { LabTest } from '../contract/test.ts';
import { dataTestsSchema, madeTestSchema, toLabTest } from '../contract/test.ts';
import type { Lab } from './lab.ts';

/** A lab's folder cannot be used: the message names the file and says what is wrong in it. */
export class LabError extends Error {
  override name = 'LabError';
}

/** Reads a lab from its folder. Throws `LabError` if anything in it is not as `docs/lab-contract.md` says. */
export async function loadLab(folder: string): Promise<Lab> {
  const root = resolve(folder);
  const manifest = parseYaml(join(root, 'lab.yaml'), labSchema);
  const lines = new Set(manifest.rubric.map((line) => line.id));
  const checked = (tests: LabTest[], file: string) => checkTests(tests, lines, file);
  const read = (name: string, visible: boolean) => {
    const file = join(root, 'tests', name);
    if (!existsSync(file)) return [];
    return checked(
      parseYaml(file, dataTestsSchema).map((test) => toLabTest(test, visible)),
      file,
    );
  };
  const tests = [...read('visible.yaml', true), ...read('hidden.yaml', false)];
  const script = join(root, 'tests', 'hidden.ts');
  const makeTests = existsSync(script)
    ? await loadScript(script, (made) => checked(made, script))
    : undefined;
  if (tests.length === 0 && !makeTests) throw new LabError(`${root}/tests: there is no test`);
  return { ...manifest, folder: root, tests, ...(makeTests && { makeTests }) };
}

function parseYaml<T extends z.ZodType>(file: string, schema: T): z.infer<T> {
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });
  } catch (error) {
    throw new LabError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new LabError(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function checkTests(tests: LabTest[], lines: ReadonlySet<string>, file: string): LabTest[] {
  const names = new Set<string>();
  for (const test of tests) {
    if (!lines.has(test.rubric))
      throw new LabError(`${file}: “${test.name}” names ${test.rubric}, which is no line of the rubric`);
    if (names.has(test.name)) throw new LabError(`${file}: two tests are called “${test.name}”`);
    names.add(test.name);
  }
  return tests;
}

const scriptSchema = z.object({
  tests: z.custom<(random: () => number) => unknown>((value) => typeof value === 'function'),
  check: z.custom<LabTest['check'] & {}>((value) => typeof value === 'function').optional(),
});

/** `hidden.ts` is trusted: it is part of the content and runs in the grader. */
async function loadScript(
  file: string,
  checked: (tests: LabTest[]) => LabTest[],
): Promise<(random: () => number) => LabTest[]> {
  let module: unknown;
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(file).href);
  } catch (error) {
    throw new LabError(`${file}: ${error instanceof Error ? error.message : 'cannot be loaded'}`);
  }
  const script = scriptSchema.safeParse(module);
  if (!script.success) throw new LabError(`${file}: exports no function tests(random)`);
  const { tests, check } = script.data;
  return (random) => {
    const made = z.array(madeTestSchema).safeParse(tests(random));
    if (!made.success) throw new LabError(`${file}: ${z.prettifyError(made.error)}`);
    const labTests = made.data.map((test) => {
      const labTest = toLabTest(test, false);
      return check && !labTest.check && !labTest.drive ? { ...labTest, check } : labTest;
    });
    for (const test of labTests)
      if (!test.drive && !test.check && !test.expected && test.raises === undefined)
        throw new LabError(`${file}: “${test.name}” needs expect, raises, check or drive`);
    return checked(labTests);
  };
}
