import { beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { scriptedSandbox, value } from '../testing/scripted-sandbox.ts';
import { folderOf, tinyManifest } from '../testing/tiny-lab.ts';
import { checkLab } from './check-lab.ts';
import { openGateCache, type GateCache } from './gate-cache.ts';

const skills = new Set(['adding', 'boxing']);
const FILES = {
  'lab.yaml': stringify(tinyManifest({ languages: ['py'] })),
  'tests/visible.yaml': stringify([
    { name: 'adds', rubric: 'sums', skill: 'adding', steps: [{ call: 'add' }], expect: 1 },
  ]),
  'solution/solution.py': 'x',
};

let cache: GateCache;
beforeEach(() => {
  cache = openGateCache(folderOf({}));
});

const check = (folder: string, sandboxes = [scriptedSandbox({ steps: [value(1)] })]) =>
  checkLab(folder, { skills, sandboxes, cache });

describe('checking a lab', () => {
  it('brings together what its files say and what its sides do', async () => {
    const failing = scriptedSandbox({ steps: [value(2)] });
    const rules = (await check(folderOf(FILES), [failing])).map((problem) => problem.rule);
    expect(rules).toContain('lab-pages');
    expect(rules).toContain('lab-solution-passes');
  });

  it('tells of a folder that cannot be read as a lab, without its path', async () => {
    const folder = folderOf({ 'lab.yaml': 'contract: 7' });
    expect(await check(folder)).toEqual([
      expect.objectContaining({ rule: 'lab-schema', message: expect.not.stringContaining(folder) }),
    ]);
  });

  it('warns of a language that this machine cannot run', async () => {
    const problems = await check(folderOf(FILES), []);
    expect(problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', rule: 'lab-sandbox-missing' }),
    );
  });

  it('runs nothing again that went through', async () => {
    const folder = folderOf(FILES);
    const first = scriptedSandbox({ steps: [value(1)] });
    await check(folder, [first]);
    expect(first.opened).toBe(3);
    const second = scriptedSandbox({ steps: [value(1)] });
    await check(folder, [second]);
    expect(second.opened).toBe(0);
  });

  it('runs everything again that did not, because the machine may have been busy', async () => {
    const folder = folderOf(FILES);
    await check(folder, [scriptedSandbox({ steps: [value(2)] })]);
    const again = scriptedSandbox({ steps: [value(1)] });
    const problems = await check(folder, [again]);
    expect(again.opened).toBe(3);
    expect(problems.map((problem) => problem.rule)).not.toContain('lab-solution-passes');
  });
});
