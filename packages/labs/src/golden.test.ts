import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { gradeSubmission } from './grade/grade-submission.ts';
import { loadLab } from './load/load-lab.ts';
import { readSubmission } from './load/read-submission.ts';
import { findSandboxes } from './sandbox/available-sandboxes.ts';
import { listTree } from './sandbox/process-usage.ts';

const GOLDEN = join(import.meta.dirname, '../golden');

interface Expected {
  status: string;
  passed: boolean[];
  /** What some message or the reason holds. */
  says?: string;
  prints?: string;
  truncated?: boolean;
}

const cases = readdirSync(GOLDEN).filter((name) => name !== 'lab');
const lab = await loadLab(join(GOLDEN, 'lab'));
const sandboxes = await findSandboxes(1);

afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.close())));

it('there is a sandbox for each language', () => {
  for (const language of ['py', 'ts', 'js'] as const)
    expect(sandboxes.filter((sandbox) => sandbox.languages.includes(language)).length).toBeGreaterThan(0);
});

describe.each(sandboxes.map((sandbox) => [sandbox.name, sandbox] as const))('in %s', (_, sandbox) => {
  const language = sandbox.languages.includes('py') ? 'py' : 'ts';

  it.each(cases.filter((name) => existsSync(join(GOLDEN, name, `solution.${language}`))))(
    'the golden submission “%s” ends as it should',
    async (name) => {
      const expected = parse(readFileSync(join(GOLDEN, name, 'expect.yaml'), 'utf8')) as Expected;
      const submission = readSubmission(lab, join(GOLDEN, name), language);
      const { result } = await gradeSubmission({ lab, submission, sandbox, seed: 1 });
      const said = [result.reason, ...result.tests.map((test) => test.message)].join('\n');
      expect({ status: result.status, said }).toMatchObject({ status: expected.status });
      expect(result.tests.map((test) => test.passed)).toEqual(expected.passed);
      if (expected.says !== undefined) expect(said).toContain(expected.says);
      if (expected.prints !== undefined) expect(result.stdout).toContain(expected.prints);
      expect(result.truncated).toBe(expected.truncated ?? false);
      expect(result.stdout.length).toBeLessThanOrEqual(lab.limits.outputKb * 1024);
      expect(said).not.toContain('root:');
    },
    60_000,
  );

  it('leaves no process behind but those that are ready', async () => {
    await sandbox.warm();
    const known = new Set(sandboxes.flatMap((each) => each.processes()));
    const own = listTree(process.pid).filter((pid) => pid !== process.pid);
    await expect.poll(() => own.filter((pid) => !known.has(pid) && isAlive(pid))).toEqual([]);
  }, 60_000);
});

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}
