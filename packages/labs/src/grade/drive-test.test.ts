import { describe, expect, it } from 'vitest';
import type { Drive } from '../contract/test.ts';
import type { Program } from '../sandbox/sandbox.ts';
import { ended, raised, scriptedSandbox, value, type Script } from '../testing/scripted-sandbox.ts';
import { labTest, tinyLab } from '../testing/tiny-lab.ts';
import { driveTest, type SubmissionRaised } from './drive-test.ts';

const PYTHON: Program = {
  language: 'py',
  entry: 'solution.py',
  files: { 'solution.py': '', 'NOTES.md': 'hi' },
};
const TYPESCRIPT: Program = { language: 'ts', entry: 'solution.ts', files: { 'solution.ts': '' } };

async function run(test: Record<string, unknown>, script: Script = {}, program = PYTHON) {
  const sandbox = scriptedSandbox({ ...script, languages: ['py', 'ts'] });
  const session = await sandbox.open(program, tinyLab().limits);
  const verdict = await driveTest({ lab: tinyLab(), program, session }, labTest(test));
  return { verdict, asked: sandbox.asked };
}

const story = [
  { new: 'Box', as: 'box', args: [2] },
  { on: 'box', call: 'put', args: ['a'] },
  { on: 'box', get: 'width', as: 'w' },
  { call: 'add', args: [{ $: 'ref', name: 'box' }, { $: 'nan' }] },
];

describe('steps', () => {
  it('are sent one by one, with the names and values of the test', async () => {
    const { verdict, asked } = await run({ steps: story, expect: null }, { steps: [value(null)] });
    expect(verdict).toEqual({ kind: 'passed' });
    expect(asked).toEqual([
      { do: 'new', name: 'Box', args: [2], as: 'box' },
      { do: 'method', on: 'box', name: 'put', args: ['a'] },
      { do: 'get', on: 'box', name: 'width', as: 'w' },
      { do: 'call', name: 'add', args: [{ $: 'ref', name: 'box' }, { $: 'nan' }] },
    ]);
  });

  it('hold nothing of what is expected', async () => {
    const { asked } = await run({
      steps: [{ call: 'add', args: [1] }],
      expect: 'EXPECTED',
      tol: 0.25,
    });
    expect(JSON.stringify(asked)).not.toMatch(/EXPECTED|0\.25|a test|sums/);
  });

  it('use the names of the language', async () => {
    const steps = [{ call: 'asOfJoin' }, { new: 'Box', as: 'b' }, { on: 'b', call: 'isFull' }];
    const python = await run({ steps, expect: null });
    expect(python.asked.map((step) => step.name)).toEqual(['as_of_join', 'Box', 'is_full']);
    const typescript = await run({ steps, expect: null }, {}, TYPESCRIPT);
    expect(typescript.asked.map((step) => step.name)).toEqual(['asOfJoin', 'Box', 'isFull']);
  });

  it('read files of the submission without asking it', async () => {
    const there = await run({ steps: [{ file: 'NOTES.md' }], expect: 'hi' });
    expect(there).toEqual({ verdict: { kind: 'passed' }, asked: [] });
    expect((await run({ steps: [{ file: 'none.md' }], expect: null })).verdict.kind).toBe('passed');
    expect((await run({ steps: [{ file: 'constructor' }], expect: null })).verdict.kind).toBe('passed');
  });

  it('stop at the first that raises, which fails the test', async () => {
    const { verdict, asked } = await run(
      { steps: story, expect: 1 },
      { steps: [value(null), raised('KeyError', "'a'", { where: 'solution.py line 4' })] },
    );
    expect(verdict).toEqual({
      kind: 'failed',
      message: `step 2, box.put("a") raised KeyError: 'a' (solution.py line 4)`,
    });
    expect(asked).toHaveLength(2);
  });

  it('say plainly that a target is missing', async () => {
    const { verdict } = await run(
      { steps: [{ call: 'add' }], expect: 1 },
      { steps: [raised('NotDefined', 'solution.py does not define add')] },
    );
    expect(verdict).toEqual({ kind: 'failed', message: 'solution.py does not define add' });
  });
});

describe('what is expected', () => {
  it('is compared with what the last step gives', async () => {
    const { verdict } = await run(
      { steps: [{ call: 'add', args: [1, 2] }], expect: 3 },
      { steps: [value(4)] },
    );
    expect(verdict).toEqual({ kind: 'failed', message: 'add(1, 2): expected 3, got 4' });
  });

  it('may be tagged', async () => {
    const test = { steps: [{ call: 'add' }], expect: { $: 'tuple', items: [{ $: 'nan' }] } };
    const tuple = { $: 'tuple', items: [{ $: 'nan' }] };
    expect((await run(test, { steps: [value(tuple)] })).verdict.kind).toBe('passed');
    expect((await run(test, { steps: [value([{ $: 'nan' }])] })).verdict.kind).toBe('failed');
    expect((await run(test, { steps: [value([{ $: 'nan' }])] }, TYPESCRIPT)).verdict.kind).toBe('passed');
  });

  it('is met within its tolerance', async () => {
    const test = { steps: [{ call: 'add' }], expect: 1, tol: 0.1 };
    expect((await run(test, { steps: [value(1.05)] })).verdict.kind).toBe('passed');
    expect((await run(test, { steps: [value(1.2)] })).verdict.kind).toBe('failed');
  });

  it('is met by nothing that merely claims to be equal', async () => {
    const { verdict } = await run(
      { steps: [{ call: 'add' }], expect: 3 },
      { steps: [value({ $: 'object', type: 'AlwaysEqual' })] },
    );
    expect(verdict).toMatchObject({ kind: 'failed', message: expect.stringContaining('AlwaysEqual') });
  });
});

describe('something raised', () => {
  const test = { steps: [{ call: 'add', args: [-1] }], raises: 'ValueError' };

  it('passes when its class is named, or one above it', async () => {
    expect((await run(test, { steps: [raised('ValueError')] })).verdict.kind).toBe('passed');
    const special = raised('TooSmall', 'x', { names: ['TooSmall', 'ValueError', 'Exception'] });
    expect((await run(test, { steps: [special] })).verdict.kind).toBe('passed');
  });

  it('fails when it is another, and names both', async () => {
    const { verdict } = await run(test, { steps: [raised('TypeError', 'no')] });
    expect(verdict).toMatchObject({
      message: 'expected ValueError to be raised; add(-1) raised TypeError: no',
    });
  });

  it('fails when nothing is raised', async () => {
    const { verdict } = await run(test, { steps: [value(7)] });
    expect(verdict).toMatchObject({ message: 'add(-1): expected ValueError to be raised, got 7' });
  });

  it('may have another name in another language', async () => {
    const both = { ...test, raises: { py: 'ValueError', ts: 'RangeError' } };
    expect((await run(both, { steps: [raised('RangeError')] }, TYPESCRIPT)).verdict.kind).toBe('passed');
    expect((await run(both, { steps: [raised('RangeError')] })).verdict.kind).toBe('failed');
  });

  it('may be anything where the test names none for this language', async () => {
    const some = { ...test, raises: { py: 'ValueError' } };
    expect((await run(some, { steps: [raised('Oops')] }, TYPESCRIPT)).verdict.kind).toBe('passed');
    expect((await run(some, { steps: [value(1)] }, TYPESCRIPT)).verdict.kind).toBe('failed');
  });
});

describe('a run that ends', () => {
  it('ends in the middle of a test', async () => {
    const { verdict } = await run({ steps: story, expect: 1 }, { steps: [ended('timeout', 'too long')] });
    expect(verdict).toEqual({ kind: 'ended', how: 'timeout', reason: 'too long' });
  });

  it.each([
    ['Python', raised('MemoryError')],
    ['QuickJS', raised('InternalError', 'out of memory')],
  ])('ends where memory does, in %s', async (_, reply) => {
    const { verdict } = await run({ steps: [{ call: 'add' }], expect: 1 }, { steps: [reply] });
    expect(verdict).toMatchObject({ kind: 'ended', how: 'error' });
  });
});

describe('a check', () => {
  const check = (results: unknown[]) => (results[1] === 2 ? null : `got ${String(results[1])}`);
  const steps = [{ new: 'Box', as: 'b' }, { call: 'add' }];

  it('gets what each step gave, decoded', async () => {
    const seen: unknown[] = [];
    await run(
      {
        steps,
        check: (results: unknown[]) => {
          seen.push(...results);
          return null;
        },
      },
      { steps: [value(null), value({ $: 'set', items: [1] })] },
    );
    expect(seen).toEqual([null, new Set([1])]);
  });

  it('decides, with its own words', async () => {
    expect((await run({ steps, check }, { steps: [value(null), value(2)] })).verdict).toEqual({
      kind: 'passed',
    });
    expect((await run({ steps, check }, { steps: [value(null), value(3)] })).verdict).toEqual({
      kind: 'failed',
      message: 'got 3',
    });
  });

  it('stands beside what is expected: both have to hold', async () => {
    const both = { steps, expect: 3, check };
    expect((await run(both, { steps: [value(null), value(3)] })).verdict.kind).toBe('failed');
    expect((await run(both, { steps: [value(null), value(2)] })).verdict.kind).toBe('failed');
  });

  it('that trips over the answer fails the answer, not the grader', async () => {
    const trusting = (results: unknown[]) => (results[1] as { a: { b: string } }).a.b;
    const { verdict } = await run({ steps, check: trusting }, { steps: [value(null), value(3)] });
    expect(verdict).toMatchObject({ kind: 'failed', message: expect.stringContaining('shape') });
  });
});

describe('a test that drives by hand', () => {
  it('chooses the next step by the last answer', async () => {
    const drive = async (step: Drive) => {
      await step({ new: 'Box', as: 'b', args: [] });
      const first = (await step({ call: 'add', args: [1] })) as number;
      const second = await step({ call: 'add', args: [first + 1] });
      return second === 12 ? null : `got ${String(second)}`;
    };
    const { verdict, asked } = await run({ drive }, { steps: [value(null), value(10), value(12)] });
    expect(verdict).toEqual({ kind: 'passed' });
    expect(asked.at(-1)).toMatchObject({ args: [11] });
  });

  it('may expect something to be raised', async () => {
    const drive = async (step: Drive) => {
      try {
        await step({ call: 'add', args: [] });
        return 'nothing was raised';
      } catch (error) {
        return (error as SubmissionRaised).name === 'ValueError' ? null : 'another error';
      }
    };
    expect((await run({ drive }, { steps: [raised('ValueError')] })).verdict).toEqual({ kind: 'passed' });
    expect((await run({ drive }, { steps: [value(1)] })).verdict).toMatchObject({
      message: 'nothing was raised',
    });
  });

  it('fails with what was raised where it does not expect it', async () => {
    const drive = async (step: Drive) => String(await step({ call: 'add', args: [] }));
    expect((await run({ drive }, { steps: [raised('KeyError', 'k')] })).verdict).toEqual({
      kind: 'failed',
      message: 'raised KeyError: k',
    });
  });

  it.each([
    ['dies', ended('error')],
    ['takes too long', ended('timeout')],
    ['runs out of memory', raised('MemoryError')],
  ])('ends when the submission %s, even if it catches everything', async (_, reply) => {
    const drive = async (step: Drive) => {
      try {
        await step({ call: 'add', args: [] });
      } catch {
        return null;
      }
      return null;
    };
    expect((await run({ drive }, { steps: [reply] })).verdict.kind).toBe('ended');
  });
});
