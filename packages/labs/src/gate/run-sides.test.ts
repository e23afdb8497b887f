import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Program, Reply, Sandbox, SandboxName } from '../sandbox/sandbox.ts';
import { ended, scriptedSandbox, value } from '../testing/scripted-sandbox.ts';
import { openGateCache, type GateCache } from './gate-cache.ts';
import { folderOf, labTest, tinyLab } from '../testing/tiny-lab.ts';
import { runSides } from './run-sides.ts';

/**
 * A sandbox in which a program's source is its behaviour: a digit a test, `1` right and `0` wrong; `t` passes the time
 * limit, `x` dies.
 */
function pretend(name: SandboxName, change: (source: string) => string = (source) => source): Sandbox {
  const sandbox = scriptedSandbox();
  return {
    ...sandbox,
    name,
    open: async (program: Program) => {
      const source = change(program.files[program.entry]!);
      let at = -1;
      const reply = (): Reply => {
        const what = source[at];
        if (what === 't') return ended('timeout', 'too long');
        if (what === 'x') return ended('error', 'died');
        return value(Number(what));
      };
      return {
        begin: async () => {
          at++;
          return value(null);
        },
        step: async () => reply(),
        output: () => ({ text: '', truncated: false }),
        close: async () => ({ wallMs: 0, cpuMs: 0, peakMemoryMb: 0 }),
      };
    },
  };
}

const tests = ['one', 'two', 'three'].map((name) =>
  labTest({ name, steps: [{ call: 'add', args: [] }], expect: 1 }),
);

const SIDES = {
  'starter/solution.py': '000',
  'solution/solution.py': '111',
  'wrong/a/solution.py': '011',
  'wrong/b/solution.py': '101',
  'wrong/c/solution.py': '110',
};

function labFolder(change: Record<string, string>): string {
  return folderOf({ 'lab.yaml': 'id: tiny', ...SIDES, ...change });
}

async function run(change: Record<string, string>, sandboxes = [pretend('bubblewrap')]) {
  const folder = labFolder(change);
  const lab = tinyLab(tests, { folder, languages: ['py'] });
  const problems = await runSides(lab, sandboxes, openGateCache(folderOf({})));
  return problems.map(({ severity, rule, file, message }) => `${severity} ${rule} ${file}: ${message}`);
}

describe('the gate', () => {
  it('lets a lab through whose sides do what they should', async () => {
    expect(await run({})).toEqual([]);
    expect(await run({}, [pretend('bubblewrap'), pretend('pyodide')])).toEqual([]);
  });

  it.each([
    [
      'a solution that fails',
      'solution/solution.py',
      '110',
      'lab-solution-passes',
      '“three”: add(): expected 1, got 0',
    ],
    ['a solution that dies', 'solution/solution.py', '1x1', 'lab-solution-passes', 'is error'],
    ['a starter that passes', 'starter/solution.py', '111', 'lab-starter-fails', 'is passed'],
    [
      'a starter that does not start',
      'starter/solution.py',
      'x',
      'lab-starter-fails',
      'has to start and fail',
    ],
    ['a wrong answer that passes', 'wrong/b/solution.py', '111', 'lab-wrong-fails', 'is passed'],
    [
      'a wrong answer that does not run',
      'wrong/b/solution.py',
      'x',
      'lab-wrong-fails',
      'has to run and fail',
    ],
    [
      'a wrong answer that fails everything',
      'wrong/b/solution.py',
      '000',
      'lab-wrong-fails',
      'no one mistake',
    ],
    ['two wrong answers that fail alike', 'wrong/b/solution.py', '011', 'lab-wrong-own-reason', 'wrong/a'],
  ])('stops %s', async (_, file, behaviour, rule, says) => {
    const problems = await run({ [file]: behaviour });
    expect(problems[0]).toContain(`error ${rule} ${file}`);
    expect(problems[0]).toContain(says);
  });

  it('lets a wrong answer run into the time limit', async () => {
    expect(await run({ 'wrong/c/solution.py': '11t' })).toEqual([]);
  });

  it('warns of wrong answers that fail the same tests in other words', async () => {
    expect(await run({ 'wrong/c/solution.py': '11t', 'wrong/d/solution.py': '110' })).toEqual([
      expect.stringContaining('warning lab-wrong-own-reason wrong/d/solution.py'),
    ]);
  });

  it('asks the solution with three seeds', async () => {
    const seeds: number[] = [];
    const makeTests = (random: () => number) => {
      seeds.push(random());
      return tests;
    };
    const lab = tinyLab([], { folder: labFolder({}), languages: ['py'], makeTests });
    expect(await runSides(lab, [pretend('bubblewrap')], openGateCache(folderOf({})))).toEqual([]);
    // Starter, three wrong answers and the solution's first share a seed; its other two differ.
    expect(new Set(seeds).size).toBe(3);
  });
});

describe('what was run before', () => {
  /** Which sources were opened when the lab goes through its gate with `cache`. */
  async function opened(folder: string, cache: GateCache, names: SandboxName[] = ['bubblewrap']) {
    const sources: string[] = [];
    const sandboxes = names.map((name) =>
      pretend(name, (source) => {
        sources.push(source);
        return source;
      }),
    );
    await runSides(tinyLab(tests, { folder, languages: ['py'] }), sandboxes, cache);
    return sources.sort();
  }

  it('is not run again where nothing has changed', async () => {
    const [folder, cache] = [labFolder({}), openGateCache(folderOf({}))];
    expect((await opened(folder, cache)).length).toBe(7);
    expect(await opened(folder, cache)).toEqual([]);
  });

  it('is run again alone where one side has changed', async () => {
    const [folder, cache] = [labFolder({}), openGateCache(folderOf({}))];
    await opened(folder, cache);
    writeFileSync(join(folder, 'wrong/b/solution.py'), '100');
    expect(await opened(folder, cache)).toEqual(['100']);
  });

  it('is run again where it was wrong, or cut short', async () => {
    const [folder, cache] = [
      labFolder({ 'wrong/a/solution.py': '01x', 'wrong/c/solution.py': '11t' }),
      openGateCache(folderOf({})),
    ];
    await opened(folder, cache);
    expect(await opened(folder, cache)).toEqual(['01x', '11t']);
  });

  it('is run in a sandbox that has not been asked', async () => {
    const [folder, cache] = [labFolder({}), openGateCache(folderOf({}))];
    await opened(folder, cache);
    expect((await opened(folder, cache, ['bubblewrap', 'pyodide'])).length).toBe(5);
  });
});

describe('sandboxes of one language', () => {
  it('have to agree on every test', async () => {
    const other = pretend('pyodide', (source) => (source === '011' ? '001' : source));
    expect(await run({}, [pretend('bubblewrap'), other])).toEqual([
      'error lab-sandboxes-agree wrong/a/solution.py: is failed in pyodide and failed in bubblewrap; they differ on “two”',
    ]);
  });

  it('may differ in where the time limit cuts a wrong answer short', async () => {
    const slow = pretend('pyodide', (source) => (source === '011' ? '0t1' : source));
    expect(await run({}, [pretend('bubblewrap'), slow])).toEqual([]);
  });

  it('may not differ in whether the solution is fast enough', async () => {
    const slow = pretend('pyodide', (source) => (source === '111' ? '11t' : source));
    const problems = await run({}, [pretend('bubblewrap'), slow]);
    expect(problems.map((problem) => problem.split(' ')[1])).toEqual([
      'lab-solution-passes',
      'lab-sandboxes-agree',
    ]);
  });
});
