import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, Exit } from './channel.ts';
import { ChannelSession } from './channel-session.ts';
import type { ProcessUsage } from './process-usage.ts';

const limits = { wallMs: 1000, memoryMb: 64, outputKb: 1 };
const program = {
  language: 'py' as const,
  entry: 'solution.py',
  files: { 'solution.py': 'x = 1', 'NOTES.md': 'private', 'lib/part.py': '' },
};

/** A channel that the test plays the other end of. */
class FakeChannel implements Channel {
  onLine: ((line: string) => void) | undefined;
  onExit: ((exit: Exit) => void) | undefined;
  exit: Exit | undefined;
  flooded = false;
  killed = 0;
  used: ProcessUsage | undefined = { cpuMs: 100, peakMemoryMb: 20, memoryMb: 20 };
  sent: Record<string, unknown>[] = [];
  /** Answers by itself; undefined leaves the request waiting. */
  reply: ((request: Record<string, unknown>) => object | undefined) | undefined = () => ({ value: 'null' });

  send(line: string): void {
    const request = JSON.parse(line) as Record<string, unknown>;
    this.sent.push(request);
    const frame = this.reply?.(request);
    if (frame) this.say({ id: request.id, ...frame });
  }
  say(frame: object): void {
    this.onLine?.(JSON.stringify(frame));
  }
  leave(code: number | null): void {
    this.exit = { code, signal: null };
    this.onExit?.(this.exit);
  }
  usage(): ProcessUsage | undefined {
    return this.used;
  }
  kill(): Promise<void> {
    this.killed++;
    this.exit ??= { code: null, signal: 'SIGKILL' };
    return Promise.resolve();
  }
  ref(): void {}
}

function scene(release?: (clean: boolean) => Promise<void>) {
  const channel = new FakeChannel();
  const session = new ChannelSession({
    channel,
    program,
    limits,
    explainExit: ({ code }) => ({ how: 'error', reason: `left with ${code}` }),
    ...(release && { release }),
  });
  return { channel, session };
}

const step = { do: 'call' as const, name: 'add', args: [1] };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a session over a channel', () => {
  it('sends the sources and the limits first, and nothing else of the submission', async () => {
    const { channel, session } = scene();
    expect(await session.begin()).toEqual({ kind: 'value', value: null });
    expect(channel.sent.map((request) => request.op)).toEqual(['open', 'begin']);
    expect(channel.sent[0]).toMatchObject({
      entry: 'solution.py',
      files: { 'solution.py': 'x = 1', 'lib/part.py': '' },
      memoryMb: 64,
      cpuSeconds: 2,
      outputChars: 1024,
    });
    expect(JSON.stringify(channel.sent)).not.toContain('private');
  });

  it('opens once, and begins as often as it is asked to', async () => {
    const { channel, session } = scene();
    await session.begin();
    await session.begin();
    expect(channel.sent.map((request) => request.op)).toEqual(['open', 'begin', 'begin']);
  });

  it('gives a value, or what was raised', async () => {
    const { channel, session } = scene();
    channel.reply = () => ({ value: '{"a":[1]}' });
    expect(await session.step(step)).toEqual({ kind: 'value', value: { a: [1] } });
    channel.reply = () => ({ raised: { names: ['ValueError'], message: 'no', where: 'solution.py line 2' } });
    expect(await session.step(step)).toEqual({
      kind: 'raised',
      raised: { names: ['ValueError'], message: 'no', where: 'solution.py line 2' },
    });
  });

  it.each([
    ['no JSON', { value: 'oops' }],
    ['nothing at all', {}],
    ['a number where text belongs', { value: 7.5 }],
  ])('takes %s for an answer that equals nothing, or for what it says', async (_, frame) => {
    const { channel, session } = scene();
    channel.reply = () => frame;
    const reply = await session.step(step);
    expect(reply.kind).toBe('value');
    if (reply.kind === 'value' && typeof reply.value !== 'number')
      expect(reply.value).toEqual({ $: 'object', type: 'unreadable' });
  });

  it('cuts what is raised, whatever it is made of', async () => {
    const { channel, session } = scene();
    channel.reply = () => ({
      raised: {
        names: Array.from({ length: 500 }, () => 'N'.repeat(900)),
        message: 'm'.repeat(99_999),
        where: 5,
      },
    });
    const reply = await session.step(step);
    expect(JSON.stringify(reply).length).toBeLessThan(5000);
    channel.reply = () => ({ raised: 'not even an object' });
    expect(await session.step(step)).toMatchObject({ kind: 'raised', raised: { names: [] } });
  });
});

describe('lines that nobody asked for', () => {
  it('are no answers: a reply to another question, text, or a list', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    channel.onLine?.('passed');
    channel.onLine?.('[1, 2');
    channel.onLine?.('null');
    channel.say({ id: 99, value: '"forged"' });
    channel.say({ id: 'x', value: '"forged"' });
    channel.say({ id: channel.sent[0]!.id, value: '"real"' });
    expect(await reply).toEqual({ kind: 'value', value: 'real' });
  });

  it('sent before the question are dropped', async () => {
    const { channel, session } = scene();
    await session.step(step);
    channel.reply = undefined;
    channel.say({ id: channel.sent[0]!.id, value: '"too early"' });
    const reply = session.step(step);
    channel.say({ id: channel.sent[0]!.id, value: '"for another"' });
    channel.say({ id: channel.sent[1]!.id, value: '"in time"' });
    expect(await reply).toEqual({ kind: 'value', value: 'in time' });
  });

  it('of many megabytes end the process, however they are called', async () => {
    for (const frame of [{ out: 'x'.repeat(1_000_000) }, { id: 'none', value: 'y'.repeat(1_000_000) }]) {
      const { channel, session } = scene();
      await session.begin();
      channel.reply = undefined;
      void session.step(step);
      for (let at = 0; at < 16; at++) channel.say(frame);
      expect(channel.killed).toBe(0);
      channel.say(frame);
      expect(channel.killed).toBeGreaterThan(0);
    }
  });

  it('that would cost too much to read are not read, and end the run', async () => {
    const { channel, session } = scene();
    await session.begin();
    channel.reply = () => ({ value: `[${'[],'.repeat(4_000_000)}[]]` });
    expect(await session.step(step)).toEqual({
      kind: 'ended',
      how: 'error',
      reason: 'sent more than any answer needs',
    });
    expect(channel.killed).toBeGreaterThan(0);
  });

  it('by the thousand end the process', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    for (let at = 0; at < 1001; at++) channel.say({ id: -7 });
    expect(channel.killed).toBe(1);
    channel.leave(null);
    expect(await reply).toMatchObject({ kind: 'ended', how: 'error' });
  });
});

describe('what is printed', () => {
  it('is kept up to the limit, and told to be cut', async () => {
    const { channel, session } = scene();
    await session.begin();
    channel.say({ out: 'a'.repeat(1000) });
    expect(session.output()).toEqual({ text: 'a'.repeat(1000), truncated: false });
    channel.say({ out: 'b'.repeat(100) });
    expect(session.output()).toEqual({ text: 'a'.repeat(1000) + 'b'.repeat(24), truncated: true });
    channel.say({ out: 'c' });
    expect(session.output().text).toHaveLength(1024);
  });

  it('arrives while an answer is waited for', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    channel.say({ out: 'before the loop' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await reply).toMatchObject({ how: 'timeout' });
    expect(session.output().text).toBe('before the loop');
  });
});

describe('limits', () => {
  it('of time hold for all answers together', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const first = session.step(step);
    await vi.advanceTimersByTimeAsync(700);
    channel.say({ id: channel.sent[0]!.id, value: '1' });
    await first;
    // Time that the grader takes for itself is nobody's.
    await vi.advanceTimersByTimeAsync(60_000);
    const second = session.step(step);
    await vi.advanceTimersByTimeAsync(299);
    expect(channel.killed).toBe(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(await second).toEqual({
      kind: 'ended',
      how: 'timeout',
      reason: 'passed the time limit of 1000 ms',
    });
    expect(channel.killed).toBe(1);
  });

  it('of memory hold from outside too', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    channel.used = { cpuMs: 100, peakMemoryMb: 900, memoryMb: 900 };
    await vi.advanceTimersByTimeAsync(100);
    expect(await reply).toEqual({
      kind: 'ended',
      how: 'error',
      reason: 'passed the memory limit of 64 MiB',
    });
    expect(channel.killed).toBe(1);
  });

  it.each([
    ['memory', 'error', 'memory limit of 64 MiB'],
    ['timeout', 'timeout', 'time limit of 1000 ms'],
    ['error', 'error', 'broke down'],
    ['anything', 'error', 'broke down'],
  ])('may be told by the runner: %s', async (told, how, says) => {
    const { channel, session } = scene();
    channel.reply = () => ({ ended: told });
    expect(await session.step(step)).toEqual({
      kind: 'ended',
      how,
      reason: expect.stringContaining(says),
    });
  });
});

describe('an end', () => {
  it('is explained by whoever knows the process, and final', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    channel.leave(3);
    expect(await reply).toEqual({ kind: 'ended', how: 'error', reason: 'left with 3' });
    expect(await session.step(step)).toEqual(await reply);
    expect(await session.begin()).toEqual(await reply);
    expect(channel.sent).toHaveLength(1);
  });

  it('before the question is found when it is asked', async () => {
    const { channel, session } = scene();
    channel.leave(0);
    expect(await session.step(step)).toMatchObject({ reason: 'left with 0' });
  });

  it('by flooding says so', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    channel.flooded = true;
    channel.leave(null);
    expect(await reply).toMatchObject({ how: 'error', reason: expect.stringContaining('more than any') });
  });
});

describe('closing', () => {
  it('ends the process and tells what was used since the start', async () => {
    const { channel, session } = scene();
    await session.begin();
    channel.used = { cpuMs: 160, peakMemoryMb: 44, memoryMb: 30 };
    expect(await session.close()).toMatchObject({ cpuMs: 60, peakMemoryMb: 44 });
    expect(channel.killed).toBe(1);
  });

  it('happens once, however often it is asked for', async () => {
    const { channel, session } = scene();
    await Promise.all([session.close(), session.close()]);
    expect(channel.killed).toBe(1);
  });

  it('stops what is waited for', async () => {
    const { channel, session } = scene();
    channel.reply = undefined;
    const reply = session.step(step);
    await session.close();
    expect(await reply).toMatchObject({ kind: 'ended', reason: 'was stopped' });
  });

  it('hands a process back where it may be used again', async () => {
    const released: boolean[] = [];
    const { session } = scene(async (clean) => void released.push(clean));
    await session.begin();
    await session.close();
    expect(released).toEqual([true]);
  });

  it.each<[string, (channel: FakeChannel, session: ChannelSession) => Promise<unknown>]>([
    ['ended early', (channel, session) => ((channel.reply = () => ({ ended: 'error' })), session.step(step))],
    [
      'was stopped in the middle',
      async (channel, session) => {
        channel.reply = undefined;
        void session.step(step);
      },
    ],
    [
      'has grown',
      async (channel) => {
        channel.used = { cpuMs: 1, peakMemoryMb: 100, memoryMb: 100 };
      },
    ],
  ])('never hands back one that %s', async (_, spoil) => {
    const released: boolean[] = [];
    const { channel, session } = scene(async (clean) => void released.push(clean));
    await spoil(channel, session);
    await session.close();
    expect(released).toEqual([false]);
  });

  it('tells nothing where nobody can know', async () => {
    const { channel, session } = scene();
    channel.used = undefined;
    expect(await session.close()).toMatchObject({ wallMs: 0 });
  });
});
