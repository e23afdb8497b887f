import type { Limits } from '../contract/lab.ts';
import { ChannelSession } from '../sandbox/channel-session.ts';
import type { Program, Sandbox, SandboxName, SourceLanguage } from '../sandbox/sandbox.ts';
import { WorkerChannel } from './worker-channel.ts';

/** What the page knows and a worker needs: addresses of files that the server gives out, and the harness's text. */
export interface BrowserSandboxOptions {
  name: Exclude<SandboxName, 'bubblewrap'>;
  languages: readonly SourceLanguage[];
  /** Makes a worker from `@edirae/labs/quickjs-worker` or `@edirae/labs/pyodide-worker`, as the page's bundler wants it. */
  createWorker: () => Worker;
  /** Sent to the worker before anything else; see the worker for what it reads. */
  setup: Record<string, string>;
}

/** Longest that a worker may take to start, in milliseconds: Pyodide is 13 MB on first use. */
const START_LIMIT = 120_000;

/**
 * A sandbox in the page, for practice runs: visible tests, instant feedback, no evidence. One worker is kept started;
 * each run uses one up.
 */
export function createBrowserSandbox(options: BrowserSandboxOptions): Sandbox {
  let ready: Promise<WorkerChannel> | undefined;
  const take = () => {
    const taken = ready ?? start(options);
    ready = undefined;
    return taken;
  };
  return {
    name: options.name,
    languages: options.languages,
    warm: async () => {
      ready ??= start(options);
      await ready;
    },
    processes: () => [],
    close: async () => {
      const channel = await ready?.catch(() => undefined);
      ready = undefined;
      await channel?.kill();
    },
    open: async (program: Program, limits: Limits, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      const channel = await take();
      ready = start(options);
      // Whoever asks next finds out why it did not start.
      ready.catch(() => undefined);
      return new ChannelSession({
        channel,
        program,
        limits,
        explainExit: () => ({ how: 'error', reason: 'died' }),
      });
    },
  };
}

function start({ createWorker, setup, name }: BrowserSandboxOptions): Promise<WorkerChannel> {
  const channel = new WorkerChannel(createWorker());
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => void channel.kill(), START_LIMIT);
    channel.onExit = () => {
      clearTimeout(timer);
      reject(
        new Error(`${name} could not be started in this browser: ${channel.problem || 'no reason given'}`),
      );
    };
    channel.onLine = () => {
      clearTimeout(timer);
      channel.onLine = undefined;
      channel.onExit = undefined;
      resolve(channel);
    };
    channel.send(JSON.stringify(setup));
  });
}
