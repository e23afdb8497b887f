import type { Channel, Exit } from '../sandbox/channel.ts';

/** As in `child.ts`: the longest line, in characters. */
const MAX_LINE = 32 * 1024 * 1024;

/** A worker as a channel. Ending it is immediate: a loop without end goes with it. */
export class WorkerChannel implements Channel {
  onLine: ((line: string) => void) | undefined;
  onExit: ((exit: Exit) => void) | undefined;
  exit: Exit | undefined;
  flooded = false;
  /** What the worker died of, as the browser tells it. */
  problem = '';
  readonly #worker: Worker;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (typeof event.data !== 'string') return;
      if (event.data.length > MAX_LINE) {
        this.flooded = true;
        void this.kill();
      } else this.onLine?.(event.data);
    });
    worker.addEventListener('error', (event) => {
      this.problem = event.message;
      void this.kill();
    });
  }

  send(line: string): void {
    if (!this.exit) this.#worker.postMessage(line);
  }

  /** A browser tells nothing of what a worker uses. */
  usage(): undefined {
    return undefined;
  }

  kill(): Promise<void> {
    if (!this.exit) {
      this.exit = { code: null, signal: null };
      this.#worker.terminate();
      this.onExit?.(this.exit);
    }
    return Promise.resolve();
  }

  ref(): void {
    // A page does not end while something runs.
  }
}
