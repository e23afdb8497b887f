import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Channel, Exit } from './channel.ts';
import { listChildren, readUsage, type ProcessUsage } from './process-usage.ts';

/** How to start a sandbox's process: it reads requests and writes replies, one JSON text a line. */
export interface Launch {
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Identity to start under; only where we are root. */
  identity?: { uid: number; gid: number } | undefined;
  /** `extra`: requests on descriptor 3, replies on 4. `standard`: on input and output. */
  channel: 'extra' | 'standard';
  /** Read by the process from descriptor 5 when it starts; only with the channel `extra`. */
  input?: Uint8Array | undefined;
  /** True if the process waits for one child and ends with it: then that one is ended, so that none is left unreaped. */
  waitsForChild?: boolean;
}

/** Longest line a process may send, in characters; beyond it the process is ended. */
const MAX_LINE = 32 * 1024 * 1024;
/** All that it may send in its life. */
const MAX_TOTAL = 256 * 1024 * 1024;

/** How long a process may take to follow its child, in milliseconds. */
const LEAVE_LIMIT = 500;

/** A started process and its channel. Whatever it does, nothing here throws or waits for ever. */
export class Child implements Channel {
  onLine: ((line: string) => void) | undefined;
  onExit: ((exit: Exit) => void) | undefined;
  exit: Exit | undefined;
  flooded = false;

  readonly #process: ChildProcess;
  readonly #requests: Writable | undefined;
  #held: string[] = [];
  #heldLength = 0;
  #total = 0;
  readonly #gone: Promise<void>;
  readonly #waitsForChild: boolean;

  constructor(launch: Launch) {
    this.#waitsForChild = launch.waitsForChild ?? false;
    const extra = launch.channel === 'extra';
    this.#process = spawn(launch.command, launch.args, {
      // A process group of its own, so that it and whatever it started end together.
      detached: process.platform !== 'win32',
      windowsHide: true,
      env: launch.env ?? {},
      stdio: extra
        ? ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', ...(launch.input ? ['pipe' as const] : [])]
        : ['pipe', 'pipe', 'ignore'],
      ...(launch.cwd !== undefined && { cwd: launch.cwd }),
      ...launch.identity,
    });
    const streams = this.#process.stdio as unknown as (Readable & Writable)[];
    this.#requests = streams[extra ? 3 : 0];
    const replies = streams[extra ? 4 : 1];
    // A stream that breaks is seen as the process's end.
    for (const stream of streams) stream?.on('error', () => undefined);
    if (launch.input) streams[5]?.end(launch.input);
    const decoder = new StringDecoder('latin1');
    replies?.on('data', (chunk: Buffer) => this.#read(decoder.write(chunk)));
    this.#gone = new Promise((resolve) => {
      const leave = (exit: Exit) => {
        if (this.exit) return;
        this.exit = exit;
        this.onExit?.(exit);
        resolve();
      };
      this.#process.on('error', () => leave({ code: null, signal: null }));
      this.#process.on('close', (code, signal) => leave({ code, signal }));
      // `close` waits for every copy of the pipes; the process's own end is enough.
      this.#process.on('exit', (code, signal) => setImmediate(() => leave({ code, signal })));
    });
  }

  /** The process's number, or undefined if it could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(line: string): void {
    if (!this.exit && this.#requests?.writable) this.#requests.write(`${line}\n`);
  }

  usage(): ProcessUsage | undefined {
    return this.pid === undefined || this.exit ? undefined : readUsage(this.pid);
  }

  /** Ends it and everything it started; resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.exit && this.pid !== undefined) {
      this.ref();
      if (!this.#waitsForChild || !killChildren(this.pid)) this.#killGroup(this.pid);
      const timer = setTimeout(() => this.#killGroup(this.pid!), LEAVE_LIMIT);
      await this.#gone;
      clearTimeout(timer);
    }
    await this.#gone;
    for (const stream of this.#process.stdio) stream?.destroy();
  }

  #killGroup(pid: number): void {
    try {
      if (process.platform === 'win32') this.#process.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      this.#process.kill('SIGKILL');
    }
  }

  /** Lets the event loop end while this process is idle in a pool. */
  unref(): void {
    this.#process.unref();
    for (const stream of this.#process.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  }

  ref(): void {
    this.#process.ref();
    for (const stream of this.#process.stdio) (stream as { ref?: () => void } | null)?.ref?.();
  }

  #read(text: string): void {
    this.#total += text.length;
    const parts = text.split('\n');
    for (const part of parts.slice(0, -1)) {
      const line = this.#held.join('') + part;
      this.#held = [];
      this.#heldLength = 0;
      this.onLine?.(line);
    }
    const rest = parts.at(-1)!;
    if (rest !== '') this.#held.push(rest);
    this.#heldLength += rest.length;
    if (this.#heldLength > MAX_LINE || this.#total > MAX_TOTAL) {
      this.flooded = true;
      this.#held = [];
      void this.kill();
    }
  }
}

/** True if there was a child to end. */
function killChildren(pid: number): boolean {
  try {
    const children = listChildren(pid);
    for (const child of children) process.kill(child, 'SIGKILL');
    return children.length > 0;
  } catch {
    return false;
  }
}
