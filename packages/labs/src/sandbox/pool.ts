import type { Child } from './child.ts';
import { listTree } from './process-usage.ts';

/** Longest that a sandbox may take to start, in milliseconds; Pyodide on a busy machine needs seconds. */
const START_LIMIT = 60_000;

/** Started processes: taking one starts the next. With a size of 0 each is started when it is asked for. */
export class Pool {
  readonly #size: number;
  readonly #start: () => Promise<Child>;
  readonly #ready: Promise<Child>[] = [];
  readonly #idle = new Set<Child>();
  #closed = false;

  constructor(size: number, start: () => Promise<Child>) {
    this.#size = size;
    this.#start = start;
  }

  /** Starts as many as are kept ready; resolves when all are. Rejects if one cannot be started. */
  async fill(): Promise<void> {
    this.#closed = false;
    while (this.#ready.length < this.#size) this.#ready.push(this.#startIdle());
    await Promise.all(this.#ready);
  }

  /** A process that is ready, or will be. The pool is refilled behind it. */
  async take(signal?: AbortSignal): Promise<Child> {
    signal?.throwIfAborted();
    const child = await this.#takeLiving();
    if (signal?.aborted) {
      this.putBack(child);
      signal.throwIfAborted();
    }
    return child;
  }

  /** Returns one that may run another submission, in front of those that are still starting. */
  putBack(child: Child): void {
    // One more than is kept ready: its place was filled when it was taken.
    if (this.#closed || this.#ready.length > this.#size) void child.kill();
    else {
      child.unref();
      this.#idle.add(child);
      this.#ready.unshift(Promise.resolve(child));
    }
  }

  /** Ends what is ready. What is taken later starts anew. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#idle.clear();
    await Promise.all(
      this.#ready.splice(0).map(async (starting) => {
        const child = await starting.catch(() => undefined);
        await child?.kill();
      }),
    );
  }

  /** The processes that are ready, and their descendants. */
  processes(): number[] {
    return [...this.#idle].flatMap((child) => (child.pid === undefined ? [] : listTree(child.pid)));
  }

  async #takeLiving(): Promise<Child> {
    this.#closed = false;
    for (;;) {
      const waiting = this.#ready.shift();
      this.#refill();
      const child = await (waiting ?? this.#start());
      this.#idle.delete(child);
      // One that died while it waited is nobody's fault: take the next.
      if (!child.exit) return child;
    }
  }

  #refill(): void {
    while (this.#ready.length < this.#size) {
      const starting = this.#startIdle();
      starting.catch(() => {
        const at = this.#ready.indexOf(starting);
        if (at >= 0) this.#ready.splice(at, 1);
      });
      this.#ready.push(starting);
    }
  }

  async #startIdle(): Promise<Child> {
    const child = await this.#start();
    child.unref();
    this.#idle.add(child);
    return child;
  }
}

/** Resolves at the first line, which says that it is ready; ends the process and rejects if none comes. */
export async function waitUntilReady(child: Child, name: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} did not start in time`)), START_LIMIT);
      const settle = (act: () => void) => {
        clearTimeout(timer);
        child.onLine = undefined;
        child.onExit = undefined;
        act();
      };
      child.onExit = () => settle(() => reject(new Error(`${name} could not be started`)));
      child.onLine = () => settle(resolve);
    });
  } catch (error) {
    await child.kill();
    throw error;
  }
}
