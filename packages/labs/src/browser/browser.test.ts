import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gradeSubmission } from '../grade/grade-submission.ts';
import { toSubmission } from '../load/to-submission.ts';
import { labTest, tinyLab } from '../testing/tiny-lab.ts';
import { parseBrowserLab, toBrowserLab } from './browser-lab.ts';
import { createBrowserSandbox } from './browser-sandbox.ts';
import { serveWorker, type WorkerRunner, type WorkerScope } from './serve-worker.ts';

const shown = labTest(
  { name: 'shown', steps: [{ call: 'add', args: [1, { $: 'nan' }] }], expect: null, tol: 0.5 },
  true,
);
const raising = labTest({ name: 'raising', steps: [{ call: 'add' }], raises: { py: 'ValueError' } }, true);
const hidden = labTest({ name: 'SECRET NAME', steps: [{ call: 'add', args: ['SECRET'] }], expect: 'SECRET' });
const lab = tinyLab([shown, raising, hidden], { makeTests: () => [hidden], folder: '/srv/secret' });

describe('the part of a lab that reaches a browser', () => {
  it('holds nothing of a hidden test, and nothing of the server', () => {
    const sent = JSON.stringify(toBrowserLab(lab));
    expect(sent).not.toContain('SECRET');
    expect(sent).not.toContain('/srv');
  });

  it('is read back as the lab with its visible tests', () => {
    const read = parseBrowserLab(JSON.parse(JSON.stringify(toBrowserLab(lab))));
    expect(read.tests).toEqual([shown, raising]);
    expect(read).toMatchObject({ id: 'tiny', limits: lab.limits, rubric: lab.rubric });
    expect(read.makeTests).toBeUndefined();
  });

  it('is refused where it is none', () => {
    expect(() => parseBrowserLab({ manifest: {}, visible: [] })).toThrow();
  });
});

/** A worker's two ends in one object: what the page holds, and the scope that the runner serves. */
class FakeWorker {
  terminated = 0;
  #page: Record<string, ((event: object) => void)[]> = {};
  #inside: ((event: { data: unknown }) => void) | undefined;
  readonly scope: WorkerScope = {
    addEventListener: (_type, listener) => {
      this.#inside = listener;
    },
    postMessage: (message) => {
      if (this.terminated === 0) this.emit('message', { data: message });
    },
  };
  addEventListener(type: string, listener: (event: object) => void): void {
    (this.#page[type] ??= []).push(listener);
  }
  postMessage(data: string): void {
    if (this.terminated === 0) this.#inside?.({ data });
  }
  emit(type: string, event: object): void {
    for (const listener of this.#page[type] ?? []) listener(event);
  }
  terminate(): void {
    this.terminated++;
  }
}

/** A sandbox of workers that answer every step with what `answer` gives. */
function scene(answer: (step: { args: unknown[] }) => unknown, start?: () => Promise<WorkerRunner>) {
  const workers: FakeWorker[] = [];
  const setups: Record<string, string>[] = [];
  const runner: WorkerRunner = {
    handle: async (text) => {
      const request = JSON.parse(text) as { id: string; op: string; step: { args: unknown[] } };
      const given = request.op === 'step' ? answer(request.step) : null;
      if (given === 'hang') return new Promise(() => undefined);
      return JSON.stringify({ id: request.id, value: JSON.stringify(given) });
    },
  };
  const sandbox = createBrowserSandbox({
    name: 'quickjs',
    languages: ['ts', 'js'],
    setup: { harness: 'text' },
    createWorker: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      serveWorker(worker.scope, async (setup) => {
        setups.push(setup);
        return start ? start() : runner;
      });
      return worker as unknown as Worker;
    },
  });
  return { sandbox, workers, setups };
}

const visible = tinyLab([labTest({ name: 'adds', steps: [{ call: 'add', args: [1] }], expect: 2 }, true)]);
const submission = toSubmission(visible, new Map([['solution.ts', 'x']]), 'solution.ts');
const grade = (sandbox: ReturnType<typeof scene>['sandbox']) =>
  gradeSubmission({ lab: visible, submission, sandbox, seed: 1, tests: 'visible' });

describe('a practice run', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is graded in the page, by the same grader', async () => {
    const { sandbox, setups } = scene(() => 2);
    const { result } = await grade(sandbox);
    expect(result).toMatchObject({ status: 'passed', sandbox: 'quickjs', language: 'ts' });
    expect(setups[0]).toEqual({ harness: 'text' });
    expect((await grade(scene(() => 3).sandbox)).result.status).toBe('failed');
  });

  it('uses a worker up, and has the next one started meanwhile', async () => {
    const { sandbox, workers } = scene(() => 2);
    await sandbox.warm();
    expect(workers).toHaveLength(1);
    await grade(sandbox);
    expect(workers.map((worker) => worker.terminated)).toEqual([1, 0]);
    await grade(sandbox);
    expect(workers.map((worker) => worker.terminated)).toEqual([1, 1, 0]);
    await sandbox.close();
    expect(workers.every((worker) => worker.terminated === 1)).toBe(true);
  });

  it('that never ends goes with its worker', async () => {
    const { sandbox, workers } = scene(() => 'hang');
    const run = grade(sandbox);
    await vi.advanceTimersByTimeAsync(visible.limits.wallMs + 10);
    expect((await run).result.status).toBe('timeout');
    expect(workers[0]!.terminated).toBe(1);
  });

  it('whose worker breaks is an error', async () => {
    const { sandbox, workers } = scene(() => {
      workers[0]!.emit('error', { message: 'out of memory' });
      return 'hang';
    });
    expect((await grade(sandbox)).result.status).toBe('error');
  });

  it('tells why a worker could not be started', async () => {
    const { sandbox, workers } = scene(
      () => 2,
      async () => new Promise(() => undefined),
    );
    const starting = sandbox.warm();
    workers[0]!.emit('error', { message: 'no WebAssembly here' });
    await expect(starting).rejects.toThrow('no WebAssembly here');
  });

  it('gives up on a worker that does not start', async () => {
    const { sandbox, workers } = scene(
      () => 2,
      async () => new Promise(() => undefined),
    );
    const starting = expect(sandbox.warm()).rejects.toThrow('could not be started');
    await vi.advanceTimersByTimeAsync(120_000);
    await starting;
    expect(workers[0]!.terminated).toBe(1);
  });

  it('is not begun for somebody who has gone', async () => {
    const { sandbox, workers } = scene(() => 2);
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(
      gradeSubmission({ lab: visible, submission, sandbox, seed: 1, signal: gone }),
    ).rejects.toThrow('gone');
    expect(workers).toHaveLength(0);
  });
});

describe('a worker', () => {
  it('answers in the order of the questions', async () => {
    const answered: string[] = [];
    const worker = new FakeWorker();
    worker.addEventListener('message', (event) => answered.push((event as { data: string }).data));
    let slow = true;
    serveWorker(worker.scope, async () => ({
      handle: async (text) => {
        if (slow) await new Promise((resolve) => setTimeout(resolve, 20));
        slow = false;
        return text;
      },
    }));
    for (const text of ['{}', 'one', 'two']) worker.postMessage(text);
    await expect.poll(() => answered).toEqual(['{"ready":true}', 'one', 'two']);
  });
});
