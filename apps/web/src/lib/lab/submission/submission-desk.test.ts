import type { SubmissionView } from '@edirae/school';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SubmissionDesk } from './submission-desk.svelte.ts';

const view = (state: SubmissionView['state'], id = 's1'): SubmissionView => ({
  id,
  lab: 'tiny',
  kind: 'submission',
  language: 'py',
  number: 1,
  at: 0,
  state,
  status: null,
  score: null,
  tests: null,
  row: null,
  ahead: 2,
  progress: null,
  result: null,
  files: {},
  moved: [],
});

function scene(seen: (SubmissionView | undefined)[], current: SubmissionView | null = null) {
  const ended: SubmissionView[] = [];
  let looks = 0;
  const desk = new SubmissionDesk(
    {
      look: async () => seen[Math.min(looks++, seen.length - 1)],
      cancel: async () => view('cancelled'),
      onEnd: (submission) => ended.push(submission),
    },
    current,
  );
  return { desk, ended, looks: () => looks };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a submission', () => {
  it('is followed from the queue to its end, and told once', async () => {
    const { desk, ended, looks } = scene([view('queued'), view('running'), view('done')]);
    await desk.hand(async () => ({ submission: view('queued') }));
    await wait(60_000);
    expect(desk.current?.state).toBe('done');
    expect(ended).toHaveLength(1);
    expect(looks()).toBe(3);
  });

  it('that was under way when the page was loaded is followed too', async () => {
    const { desk } = scene([view('done')], view('running'));
    desk.open();
    await wait(5_000);
    expect(desk.current?.state).toBe('done');
  });

  it('is looked for again while the server cannot be reached', async () => {
    const { desk, ended } = scene([undefined, undefined, view('done')]);
    await desk.hand(async () => ({ submission: view('queued') }));
    await wait(1_000);
    expect(desk.unreached).toBe(true);
    await wait(60_000);
    expect(desk.unreached).toBe(false);
    expect(ended).toHaveLength(1);
  });

  it('is not looked for once it was cancelled', async () => {
    const { desk, looks } = scene([view('running')]);
    await desk.hand(async () => ({ submission: view('queued') }));
    await desk.cancel();
    await wait(60_000);
    expect(desk.current?.state).toBe('cancelled');
    expect(looks()).toBe(0);
  });

  it('that was refused leaves the one before where it was', async () => {
    const { desk } = scene([], view('done', 'before'));
    expect(await desk.hand(async () => ({ problem: 'The queue is full.' }))).toBe(false);
    expect(desk.problem).toBe('The queue is full.');
    expect(desk.current?.id).toBe('before');
    expect(desk.sending).toBe(false);
  });
});
