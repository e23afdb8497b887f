import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageFolder } from '../sandbox/node-launch.ts';
import type { FromGrader, ToGrader, Work } from './messages.ts';

export interface AskOptions {
  signal?: AbortSignal;
  progress?: (done: number, of: number) => void;
}

/** Labs graded in a thread of their own, with the sandboxes of this machine. */
export interface Grader {
  /** Rejects where a sandbox is broken or the signal aborts; everything that code does is in the answer. */
  ask<Act extends Exclude<keyof Work, 'close'>>(
    act: Act,
    asked: Work[Act]['asked'],
    options?: AskOptions,
  ): Promise<Work[Act]['answer']>;
  /** Ends what is kept ready, and the thread. What is asked later starts it anew. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  progress: ((done: number, of: number) => void) | undefined;
}

/** Milliseconds that closing may take; whatever is left then ends with its pipe. */
const CLOSE_MS = 5_000;

/** Starts the thread when it is first asked. @param ready processes that each used sandbox keeps started */
export function openGrader(ready: number): Grader {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let thread: Worker | undefined;

  const fail = (problem: string) => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(new Error(problem));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(join(packageFolder(), 'src/thread/grader-thread.ts'), {
      workerData: { ready },
    });
    started.on('message', (message: FromGrader) => {
      const asked = waiting.get(message.id);
      if (message.kind === 'progress') return asked?.progress?.(message.done, message.of);
      waiting.delete(message.id);
      // Nothing under way keeps a process from ending.
      if (waiting.size === 0) started.unref();
      if (message.kind === 'answer') asked?.resolve(message.answer);
      else asked?.reject(new Error(message.problem));
    });
    started.on('error', (error) => started === thread && fail(error.message));
    started.on('exit', () => started === thread && fail('The thread that grades has ended.'));
    return started;
  };

  const ask = async (act: keyof Work, asked: unknown, options: AskOptions = {}): Promise<unknown> => {
    options.signal?.throwIfAborted();
    const to = (thread ??= start());
    const id = ++last;
    const abort = () => to.postMessage({ kind: 'abort', id } satisfies ToGrader);
    options.signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, progress: options.progress });
        to.ref();
        to.postMessage({ kind: 'ask', id, act, asked } as ToGrader);
      });
    } finally {
      options.signal?.removeEventListener('abort', abort);
    }
  };

  return {
    ask: ask as Grader['ask'],
    async close() {
      const ending = thread;
      if (!ending) return;
      const timer = setTimeout(() => void ending.terminate(), CLOSE_MS);
      await ask('close', null).catch(() => undefined);
      clearTimeout(timer);
      thread = undefined;
      await ending.terminate();
    },
  };
}
