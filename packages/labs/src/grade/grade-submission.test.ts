import { describe, expect, it } from 'vitest';
import { resultSchema } from '../contract/result.ts';
import type { Submission } from '../load/to-submission.ts';
import { ended, raised, scriptedSandbox, value, type Script } from '../testing/scripted-sandbox.ts';
import { labTest, tinyLab } from '../testing/tiny-lab.ts';
import { gradeSubmission, listTests } from './grade-submission.ts';

const submission: Submission = {
  kind: 'program',
  program: { language: 'py', entry: 'solution.py', files: { 'solution.py': 'x = 1' } },
};

const shown = labTest({ name: 'shown', steps: [{ call: 'add', args: [1, 2] }], expect: 3 }, true);
const hidden = labTest({ name: 'kept', steps: [{ call: 'add', args: ['SECRET', 2] }], expect: 4 });
const boxed = labTest({ name: 'boxed', rubric: 'boxes', steps: [{ call: 'add', args: [9] }], expect: 5 });
const lab = tinyLab([hidden, shown, boxed]);

async function grade(script: Script, more: Partial<Parameters<typeof gradeSubmission>[0]> = {}) {
  const sandbox = scriptedSandbox(script);
  const graded = await gradeSubmission({ lab, submission, sandbox, seed: 7, ...more });
  return { ...graded, sandbox };
}

describe('a result', () => {
  it('has the shape of the contract', async () => {
    const { result, forLearner } = await grade({ steps: [value(3), value(4), value(5)] });
    expect(resultSchema.parse(result)).toEqual(result);
    expect(resultSchema.parse(forLearner)).toEqual(forLearner);
    expect(result).toMatchObject({
      version: 1,
      lab: 'tiny',
      language: 'py',
      sandbox: 'bubblewrap',
      seed: 7,
      status: 'passed',
      reason: null,
      score: { total: 90 },
      resources: { wallMs: 12, cpuMs: 8, peakMemoryMb: 21.4 },
    });
  });

  it('lists tests in order, those that are shown first', async () => {
    const { result } = await grade({ steps: [value(3), value(0), value(5)] });
    expect(result.tests.map(({ name, passed, visible }) => [name, passed, visible])).toEqual([
      ['shown', true, true],
      ['kept', false, false],
      ['boxed', true, false],
    ]);
    expect(result.status).toBe('failed');
    expect(result.score.total).toBe(60);
  });

  it('loads the submission afresh for each test, and closes its session once', async () => {
    const { sandbox } = await grade({ steps: [value(3)] });
    expect(sandbox.begun).toBe(3);
    expect(sandbox.opened).toBe(1);
    expect(sandbox.closed).toBeGreaterThan(0);
  });
});

describe('the status', () => {
  it('is error where the submission does not start', async () => {
    const { result } = await grade({
      begin: [raised('SyntaxError', 'bad', { where: 'solution.py line 1' })],
    });
    expect(result.status).toBe('error');
    expect(result.reason).toBe('did not start: SyntaxError: bad (solution.py line 1)');
    expect(result.tests.map((test) => test.passed)).toEqual([false, false, false]);
    expect(result.tests[0]!.message).toContain('SyntaxError');
    expect(result.tests[2]!.message).toBe('not run');
  });

  it('is error where it uses up memory when it is loaded', async () => {
    const { result } = await grade({ begin: [raised('MemoryError')] });
    expect(result).toMatchObject({ status: 'error', reason: expect.stringContaining('memory limit') });
  });

  it('is error where it dies, and what passed before stays passed', async () => {
    const { result } = await grade({ steps: [value(3), ended('error', 'ended its own process')] });
    expect(result.status).toBe('error');
    expect(result.tests.map((test) => test.passed)).toEqual([true, false, false]);
    expect(result.score.total).toBe(30);
  });

  it('is timeout where a limit of time is passed', async () => {
    expect((await grade({ steps: [ended('timeout', 'too long')] })).result).toMatchObject({
      status: 'timeout',
      reason: 'too long',
    });
    expect((await grade({ begin: [ended('timeout')] })).result.status).toBe('timeout');
  });

  it('is rejected without anything being run', async () => {
    const rejected: Submission = { kind: 'rejected', language: null, reason: 'It is too large.' };
    const { result, sandbox } = await grade({}, { submission: rejected });
    expect(result).toMatchObject({
      status: 'rejected',
      reason: 'It is too large.',
      language: null,
      sandbox: null,
      score: { total: 0 },
    });
    expect(result.tests).toHaveLength(3);
    expect(sandbox.opened).toBe(0);
  });
});

describe('what a learner sees', () => {
  it('is of a hidden test its name and verdict', async () => {
    const { result, forLearner } = await grade({ steps: [value(1), value(1), value(1)] });
    expect(result.tests[1]!.message).toContain('SECRET');
    expect(JSON.stringify(forLearner)).not.toContain('SECRET');
    expect(forLearner.tests[0]!.message).toContain('expected 3');
    expect(forLearner.tests.map(({ passed }) => passed)).toEqual([false, false, false]);
  });

  it('is what was printed before the first hidden test', async () => {
    let text = '';
    const script: Script = {
      steps: [
        () => {
          text += 'adding 1 2\n';
          return value(3);
        },
        () => {
          text += 'adding SECRET 2\n';
          return value(4);
        },
      ],
    };
    const sandbox = scriptedSandbox(script);
    const open = sandbox.open.bind(sandbox);
    sandbox.open = async (...args) => {
      const session = await open(...args);
      return { ...session, output: () => ({ text, truncated: false }) };
    };
    const { result, forLearner } = await gradeSubmission({ lab, submission, sandbox, seed: 1 });
    expect(result.stdout).toContain('SECRET');
    expect(forLearner.stdout).toBe('adding 1 2\n');
  });

  it('is the reason for an early end only where no hidden test could be in it', async () => {
    const early = await grade({ steps: [ended('error', 'died of SECRET')] });
    expect(early.forLearner.reason).toBe('died of SECRET');
    const late = await grade({ steps: [value(3), raised('MemoryError', 'SECRET')] });
    expect(late.result.reason).toContain('SECRET');
    expect(late.forLearner.reason).toBe('The submission ended or raised while a hidden test ran.');
    const slow = await grade({ steps: [value(3), ended('timeout', 'SECRET')] });
    expect(slow.forLearner.reason).toBe('The time limit was reached while a hidden test ran.');
  });

  it('is not what it raises when it is loaded again for a hidden test', async () => {
    const { forLearner } = await grade({
      begin: [value(null), raised('ValueError', 'SECRET')],
      steps: [value(3)],
    });
    expect(forLearner.status).toBe('error');
    expect(JSON.stringify(forLearner)).not.toContain('SECRET');
  });
});

describe('tests of a run', () => {
  it('may be the visible ones alone', async () => {
    const { result, sandbox } = await grade({ steps: [value(3)] }, { tests: 'visible' });
    expect(result.tests.map((test) => test.name)).toEqual(['shown']);
    expect(JSON.stringify(sandbox.asked)).not.toContain('SECRET');
  });

  it('are made by the seed: the same for the same one', () => {
    const makeTests = (random: () => number) => [
      labTest({ name: `made ${random()}`, steps: [{ call: 'add' }], expect: 1 }),
    ];
    const making = tinyLab([shown], { makeTests });
    const name = (seed: number) => listTests({ lab: making, seed }).at(-1)!.name;
    expect(name(1)).toBe(name(1));
    expect(name(1)).not.toBe(name(2));
  });

  it('report their progress', async () => {
    const seen: string[] = [];
    await grade({ steps: [value(3)] }, { progress: (done, of) => seen.push(`${done}/${of}`) });
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
  });
});

describe('a run that is called off', () => {
  it('rejects and leaves no session open', async () => {
    const controller = new AbortController();
    const sandbox = scriptedSandbox({
      steps: [
        () => {
          controller.abort();
          return ended('error', 'was stopped');
        },
      ],
    });
    const run = gradeSubmission({ lab, submission, sandbox, seed: 1, signal: controller.signal });
    await expect(run).rejects.toThrow('aborted');
    expect(sandbox.closed).toBeGreaterThan(0);
  });
});
