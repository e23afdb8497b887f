import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeptWork, WorkKeeper } from './kept-work.ts';
import { Workspace, type SaveAnswer, type SavedWork } from './workspace.svelte.ts';

const saved = (version: number): SaveAnswer => ({ outcome: 'saved', version, savedAt: version * 100 });
const work = (version: number, text: string): SavedWork => ({
  version,
  savedAt: version * 100,
  device: 'Firefox on Linux',
  files: { 'solution.py': text },
});

const conflict: SaveAnswer = { outcome: 'conflict', theirs: work(9, 'theirs'), mine: 10 };

/** A workspace, what it sent and what its browser kept. */
function scene(answers: SaveAnswer[] = [], draft: SavedWork | null = null, left?: KeptWork) {
  const chosen: number[] = [];
  const server = { reached: true };
  const sent: { files: Record<string, string>; base: number }[] = [];
  let kept: KeptWork | undefined = left;
  const keeper = {
    keep: (work: KeptWork) => {
      kept = work;
      return true;
    },
    drop: () => (kept = undefined),
    find: () => kept,
  } as unknown as WorkKeeper;
  const workspace = new Workspace({
    entry: 'solution.py',
    starter: { 'solution.py': 'start', 'NOTES.md': '' },
    draft,
    now: () => 7,
    send: async (work) => {
      sent.push({ ...work, files: { ...work.files } });
      return answers.shift() ?? saved(work.base + 1);
    },
    choose: async (version) => {
      if (!server.reached) return undefined;
      chosen.push(version);
      return version === 9 ? work(11, 'theirs') : work(11, 'mine');
    },
  });
  workspace.open(keeper, () => false);
  return { workspace, sent, chosen, server, kept: () => kept };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(2_000);

describe('work on a lab', () => {
  it('begins with the starter, entry first', () => {
    const { workspace, sent } = scene();
    expect(workspace.paths).toEqual(['solution.py', 'NOTES.md']);
    expect(workspace.current).toBe('solution.py');
    expect(sent).toEqual([]);
  });

  it('is kept in this browser at once, saved a moment later, and then forgotten here', async () => {
    const { workspace, sent, kept } = scene([], work(3, 'before'));
    workspace.edit('solution.py', 'after');
    expect(kept()).toEqual({ files: { 'solution.py': 'after' }, base: 3, at: 7 });
    await settle();
    expect(sent).toEqual([{ files: { 'solution.py': 'after' }, base: 3 }]);
    expect(workspace.version).toBe(4);
    expect(kept()).toBeUndefined();
  });

  it('stays kept here while the server cannot be reached, and is tried again', async () => {
    const { workspace, sent, kept } = scene([{ outcome: 'unreached' }]);
    workspace.edit('solution.py', 'offline');
    await settle();
    expect(workspace.autosave.state).toBe('unreached');
    expect(kept()?.files['solution.py']).toBe('offline');
    await vi.advanceTimersByTimeAsync(6_000);
    expect(sent).toHaveLength(2);
    expect(workspace.autosave.state).toBe('saved');
    expect(kept()).toBeUndefined();
  });

  it('that a crash left behind is picked up and saved', async () => {
    const { workspace, sent } = scene([], work(3, 'before'), {
      files: { 'solution.py': 'lost' },
      base: 3,
      at: 1,
    });
    expect(workspace.files['solution.py']).toBe('lost');
    await settle();
    expect(sent[0]).toEqual({ files: { 'solution.py': 'lost' }, base: 3 });
  });

  it('that was left behind and overtaken is sent as it was written, so that both are kept', async () => {
    const left = { files: { 'solution.py': 'old' }, base: 3, at: 1 };
    const { workspace, sent } = scene([conflict], work(5, 'newer'), left);
    expect(workspace.files['solution.py']).toBe('old');
    await settle();
    expect(sent).toEqual([{ files: { 'solution.py': 'old' }, base: 3 }]);
    expect(workspace.theirs?.files['solution.py']).toBe('theirs');
  });
});

describe('two devices', () => {
  it('lose nothing: both versions stay until one is chosen', async () => {
    const { workspace, sent, chosen, kept } = scene([conflict], work(3, 'before'));
    workspace.edit('solution.py', 'mine');
    await settle();
    expect(workspace.theirs?.files['solution.py']).toBe('theirs');
    workspace.edit('solution.py', 'mine, more');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent).toHaveLength(1);
    expect(kept()?.files['solution.py']).toBe('mine, more');
    expect(await workspace.keepMine()).toBe(true);
    expect(chosen).toEqual([10]);
    await settle();
    expect(sent[1]).toEqual({ files: { 'solution.py': 'mine, more' }, base: 11 });
    expect(workspace.theirs).toBeNull();
  });

  it('go on with the other version where that is chosen', async () => {
    const { workspace, sent, chosen, kept } = scene([conflict], work(3, 'before'));
    workspace.edit('solution.py', 'mine');
    await settle();
    expect(await workspace.takeTheirs()).toBe(true);
    await settle();
    expect(chosen).toEqual([9]);
    expect(workspace.files).toEqual({ 'solution.py': 'theirs' });
    expect(workspace.version).toBe(11);
    expect(sent).toHaveLength(1);
    expect(kept()).toBeUndefined();
  });

  it('have nothing decided while the server cannot be reached', async () => {
    const { workspace, server, kept } = scene([conflict], work(3, 'before'));
    workspace.edit('solution.py', 'mine');
    await settle();
    server.reached = false;
    expect(await workspace.takeTheirs()).toBe(false);
    expect(await workspace.keepMine()).toBe(false);
    expect(workspace.theirs).not.toBeNull();
    expect(workspace.files['solution.py']).toBe('mine');
    expect(kept()?.files['solution.py']).toBe('mine');
  });
});

describe('files', () => {
  it('are added under a name that nothing has, and removed, but for the entry', () => {
    const { workspace } = scene();
    expect(workspace.add('NOTES.md')).toContain('already');
    expect(workspace.add('parts/a.py', 'x')).toBeUndefined();
    expect(workspace.current).toBe('parts/a.py');
    workspace.remove('parts/a.py');
    expect(workspace.current).toBe('solution.py');
    workspace.remove('solution.py');
    expect(workspace.paths).toEqual(['solution.py', 'NOTES.md']);
  });

  it('that are too large are kept here, and the page says so', async () => {
    const { workspace } = scene([{ outcome: 'refused', problem: 'too large' }]);
    workspace.edit('solution.py', 'x'.repeat(300 * 1024));
    expect(workspace.refused).toContain('256 KiB');
    await settle();
    expect(workspace.refused).toBe('too large');
  });
});
