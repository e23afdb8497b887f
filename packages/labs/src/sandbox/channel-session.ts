import type { Limits } from '../contract/lab.ts';
import type { Channel, Exit } from './channel.ts';
import type { ProcessUsage } from './process-usage.ts';
import type { Program, Raised, Reply, Session, Usage, WireStep } from './sandbox.ts';
import { isTooRich } from './too-rich.ts';

/** How the end of a process is told: by default only its code is known. */
export type ExplainExit = (exit: Exit) => { how: 'error' | 'timeout'; reason: string };

/** How often a running process is looked at from outside, in milliseconds. */
const LOOK_EVERY = 50;
/**
 * Memory that a process may hold beyond what it held at the start and its limit, in MiB. The limit itself is kept
 * inside, where it is an error that the program sees; this is for what gets round it, and for garbage not yet collected.
 */
const MEMORY_SLACK = 192;
/** A process that has grown by more is not used again, in MiB. */
const MEMORY_KEPT = 48;
/** Lines that are no reply to what was asked: learner code writing on our channel. Ignored, up to here. */
const MAX_STRAY_LINES = 1000;
/** All that may be sent beside replies, in characters: what is printed, up to the limit of its lab, is far below. */
const MAX_STRAY_CHARS = 16 * 1024 * 1024;
const TOO_MUCH = 'sent more than any answer needs';

interface Options {
  channel: Channel;
  program: Program;
  limits: Limits;
  explainExit: ExplainExit;
  /** What to do with the process at the end: by default it is killed. */
  release?: (clean: boolean) => Promise<void>;
}

/** A session over a channel: asks, waits no longer than the limit, and believes nothing. */
export class ChannelSession implements Session {
  readonly #options: Options;
  readonly #before: ProcessUsage | undefined;
  #latest: ProcessUsage | undefined;
  #spentMs = 0;
  #opened = false;
  #ended: Extract<Reply, { kind: 'ended' }> | undefined;
  #printed = '';
  #truncated = false;
  #stray = 0;
  #strayChars = 0;
  #closed: Promise<Usage> | undefined;
  #interrupt: (() => void) | undefined;

  constructor(options: Options) {
    this.#options = options;
    options.channel.ref();
    this.#before = options.channel.usage();
    this.#latest = this.#before;
  }

  async begin(): Promise<Reply> {
    if (!this.#opened) {
      this.#opened = true;
      const { program, limits } = this.#options;
      const opened = await this.#ask({
        op: 'open',
        language: program.language,
        entry: program.entry,
        files: codeOf(program),
        memoryMb: limits.memoryMb,
        // One second more than the wall: only a program that computes on several processors meets it first.
        cpuSeconds: Math.ceil(limits.wallMs / 1000) + 1,
        outputChars: limits.outputKb * 1024,
      });
      if (opened.kind !== 'value') return opened;
    }
    return this.#ask({ op: 'begin' });
  }

  step(step: WireStep): Promise<Reply> {
    return this.#ask({ op: 'step', step });
  }

  output(): { text: string; truncated: boolean } {
    return { text: this.#printed, truncated: this.#truncated };
  }

  close(): Promise<Usage> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<Usage> {
    this.#look();
    const clean = this.#ended === undefined && this.#interrupt === undefined && this.#grown() < MEMORY_KEPT;
    this.#interrupt?.();
    const { channel, release } = this.#options;
    channel.onLine = undefined;
    channel.onExit = undefined;
    if (release) await release(clean);
    else await channel.kill();
    return {
      wallMs: this.#spentMs,
      cpuMs: Math.max(0, (this.#latest?.cpuMs ?? 0) - (this.#before?.cpuMs ?? 0)),
      peakMemoryMb: this.#latest?.peakMemoryMb ?? 0,
    };
  }

  #look(): void {
    this.#latest = this.#options.channel.usage() ?? this.#latest;
  }

  /** Memory that the process holds beyond what it held at the start, in MiB. */
  #grown(): number {
    return (this.#latest?.memoryMb ?? 0) - (this.#before?.memoryMb ?? 0);
  }

  #ask(request: Record<string, unknown>): Promise<Reply> {
    if (this.#ended) return Promise.resolve(this.#ended);
    const { channel, limits, explainExit } = this.#options;
    const id = drawId();
    const started = performance.now();
    return new Promise((resolve) => {
      const settle = (reply: Reply) => {
        clearTimeout(timer);
        clearInterval(looks);
        channel.onLine = (line) => this.#readStray(line);
        channel.onExit = undefined;
        this.#interrupt = undefined;
        this.#spentMs += performance.now() - started;
        if (reply.kind === 'ended') this.#ended = reply;
        resolve(reply);
      };
      const left = Math.max(0, limits.wallMs - this.#spentMs);
      const timer = setTimeout(() => {
        this.#look();
        settle(endedOf('timeout', limits));
        void channel.kill();
      }, left);
      const looks = setInterval(() => {
        this.#look();
        if (this.#grown() < limits.memoryMb + MEMORY_SLACK) return;
        settle(endedOf('memory', limits));
        void channel.kill();
      }, LOOK_EVERY);
      this.#interrupt = () => settle({ kind: 'ended', how: 'error', reason: 'was stopped' });
      const leave = (exit: Exit) =>
        settle({
          kind: 'ended',
          ...(channel.flooded ? { how: 'error' as const, reason: TOO_MUCH } : explainExit(exit)),
        });
      if (channel.exit) {
        leave(channel.exit);
        return;
      }
      channel.onExit = leave;
      channel.onLine = (line) => {
        const reply = this.#read(line, id);
        if (reply) settle(reply);
      };
      channel.send(JSON.stringify({ id, ...request }));
    });
  }

  /** The reply to `id`, or undefined for output and for lines that are none. */
  #read(line: string, id: string | undefined): Reply | undefined {
    if (isTooRich(line)) {
      void this.#options.channel.kill();
      return { kind: 'ended', how: 'error', reason: TOO_MUCH };
    }
    const frame = parseFrame(line);
    const isReply =
      frame !== undefined && id !== undefined && frame.id === id && typeof frame.out !== 'string';
    if (!isReply) {
      this.#strayChars += line.length;
      if (typeof frame?.out === 'string') this.#print(frame.out);
      else this.#stray++;
      if (this.#stray > MAX_STRAY_LINES || this.#strayChars > MAX_STRAY_CHARS)
        void this.#options.channel.kill();
      return undefined;
    }
    if (frame.ended !== undefined) return endedOf(frame.ended, this.#options.limits);
    if (frame.raised !== undefined) return { kind: 'raised', raised: raisedOf(frame.raised) };
    return { kind: 'value', value: parseValue(frame.value) };
  }

  #readStray(line: string): void {
    this.#read(line, undefined);
  }

  #print(text: string): void {
    const room = this.#options.limits.outputKb * 1024 - this.#printed.length;
    this.#printed += text.slice(0, Math.max(0, room));
    if (text.length > room) this.#truncated = true;
  }
}

/** Cannot be known before the request is there, so that a reply sent ahead of it answers nothing. */
function drawId(): string {
  return crypto.randomUUID();
}

/** Only source files go in; notes and data of a submission stay with the grader. */
function codeOf(program: Program): Record<string, string> {
  const pattern = program.language === 'py' ? /\.py$/ : /\.(m?[jt]s|json)$/;
  return Object.fromEntries(Object.entries(program.files).filter(([path]) => pattern.test(path)));
}

type Frame = Record<string, unknown>;

function parseFrame(line: string): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(line);
    return typeof frame === 'object' && frame !== null ? (frame as Frame) : undefined;
  } catch {
    return undefined;
  }
}

/** A value is sent as JSON text within JSON, so that the learner's part cannot reach the frame around it. */
function parseValue(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return { $: 'object', type: 'unreadable' };
  }
}

function raisedOf(value: unknown): Raised {
  const { names, message, where } = (value ?? {}) as Record<string, unknown>;
  return {
    names: Array.isArray(names) ? names.slice(0, 20).map((name) => String(name).slice(0, 80)) : [],
    message: String(message ?? '').slice(0, 2000),
    where: String(where ?? '').slice(0, 200),
  };
}

/** What the runner itself, outside the learner's machine, says has ended the run. */
function endedOf(how: unknown, limits: Limits): Extract<Reply, { kind: 'ended' }> {
  if (how === 'timeout')
    return { kind: 'ended', how: 'timeout', reason: `passed the time limit of ${limits.wallMs} ms` };
  if (how === 'memory')
    return { kind: 'ended', how: 'error', reason: `passed the memory limit of ${limits.memoryMb} MiB` };
  return { kind: 'ended', how: 'error', reason: 'its interpreter broke down, as when a stack is used up' };
}
