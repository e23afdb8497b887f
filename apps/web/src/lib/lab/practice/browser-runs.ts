import {
  createBrowserSandbox,
  gradeSubmission,
  parseBrowserLab,
  toSubmission,
  type BrowserLab,
  type Result,
} from '@edirae/labs/browser';
import pythonHarness from '@edirae/labs/harness.py?raw';
import scriptHarness from '@edirae/labs/harness.js?raw';
// oxlint-disable-next-line import/default -- Vite makes a worker of it.
import PyodideWorker from '@edirae/labs/pyodide-worker?worker';
// oxlint-disable-next-line import/default -- Vite makes a worker of it.
import QuickjsWorker from '@edirae/labs/quickjs-worker?worker';
import wasmUrl from '@jitl/quickjs-ng-wasmfile-release-sync/wasm?url';
import { download } from './download.ts';

/** Where Python's own files are, as the server lists them; null where no lab on the page wants it. */
export interface PythonPlace {
  base: string;
  files: readonly string[];
  bytes: number;
}

/** What a run does at the moment. */
export type RunPhase =
  | { phase: 'download'; loaded: number; of: number }
  | { phase: 'start' }
  | { phase: 'tests'; done: number; of: number };

export interface BrowserRun {
  lab: BrowserLab;
  files: Readonly<Record<string, string>>;
  entry: string;
  signal: AbortSignal;
  onPhase: (phase: RunPhase) => void;
}

type Sandbox = ReturnType<typeof createBrowserSandbox>;

const absolute = (path: string): string => new URL(path, location.href).href;

/** Practice runs in this page: visible tests only, by the same grader as on the server. Never evidence. */
export class BrowserRuns {
  readonly #python: PythonPlace | null;
  #downloaded: Promise<void> | undefined;
  #sandboxes = new Map<'py' | 'ts', Sandbox>();

  constructor(python: PythonPlace | null) {
    this.#python = python;
  }

  /** Rejects if this browser cannot run it, and with the signal's reason if it was stopped. */
  async run({ lab, files, entry, signal, onPhase }: BrowserRun): Promise<Result> {
    const parsed = parseBrowserLab(lab);
    const language = entry.endsWith('.py') ? 'py' : 'ts';
    if (language === 'py') await this.#fetchPython(signal, onPhase);
    onPhase({ phase: 'start' });
    const sandbox = this.#sandbox(language);
    await stoppable(sandbox.warm(), signal);
    const { result } = await gradeSubmission({
      lab: parsed,
      tests: 'visible',
      seed: 1,
      sandbox,
      submission: toSubmission(parsed, new Map(Object.entries(files)), entry),
      signal,
      progress: (done, of) => onPhase({ phase: 'tests', done, of }),
    });
    return result;
  }

  close(): void {
    for (const sandbox of this.#sandboxes.values()) void sandbox.close();
    this.#sandboxes.clear();
  }

  async #fetchPython(signal: AbortSignal, onPhase: BrowserRun['onPhase']): Promise<void> {
    const place = this.#python;
    if (!place) throw new Error('This page has no Python');
    const urls = place.files.map((name) => absolute(`${place.base}${name}`));
    this.#downloaded ??= download(urls, signal, (loaded) =>
      onPhase({ phase: 'download', loaded: Math.min(loaded, place.bytes), of: place.bytes }),
    );
    try {
      await this.#downloaded;
    } catch (error) {
      this.#downloaded = undefined;
      throw error;
    }
  }

  #sandbox(language: 'py' | 'ts'): Sandbox {
    let sandbox = this.#sandboxes.get(language);
    if (!sandbox) {
      sandbox =
        language === 'py'
          ? createBrowserSandbox({
              name: 'pyodide',
              languages: ['py'],
              createWorker: () => new PyodideWorker(),
              setup: { harness: pythonHarness, pyodideUrl: absolute(this.#python?.base ?? '/') },
            })
          : createBrowserSandbox({
              name: 'quickjs',
              languages: ['ts', 'js'],
              createWorker: () => new QuickjsWorker(),
              setup: { harness: scriptHarness, wasmUrl: absolute(wasmUrl) },
            });
      this.#sandboxes.set(language, sandbox);
    }
    return sandbox;
  }
}

/** Ends the wait, not the work: a worker that starts is used by the next run. */
function stoppable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
