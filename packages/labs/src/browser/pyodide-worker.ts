/** A worker that runs Python in Pyodide. Setup: `pyodideUrl` (folder with its files), `harness` (text of `harness.py`). */
import { limitMemoryGrowth } from '../sandbox/limit-memory.ts';
import { HIDE_BRIDGE } from '../sandbox/pyodide/hide-bridge.ts';
import { OWN_EVENT_LOOP } from '../sandbox/pyodide/own-event-loop.ts';
import { handleSafely, type StartedPyodide } from '../sandbox/pyodide/started-pyodide.ts';
import { serveWorker, type WorkerScope } from './serve-worker.ts';

/** What could reach the network or the page's storage in its author's name, if somebody else wrote the code. */
const REACHING = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebTransport',
  'EventSource',
  'importScripts',
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'Worker',
  'SharedWorker',
  'navigator',
];

const scope = globalThis as unknown as WorkerScope;

serveWorker(scope, async ({ pyodideUrl = '', harness = '' }) => {
  const post = scope.postMessage.bind(scope);
  const memory = limitMemoryGrowth();
  const { loadPyodide } = (await import(/* @vite-ignore */ `${pyodideUrl}pyodide.mjs`)) as {
    loadPyodide(options: object): Promise<StartedPyodide>;
  };
  const pyodide = await loadPyodide({
    indexURL: pyodideUrl,
    env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
    jsglobals: {},
    stdin: () => null,
    stdout: () => undefined,
    stderr: () => undefined,
  });
  pyodide.runPython(harness);
  pyodide.runPython(OWN_EVENT_LOOP);
  pyodide.runPython(HIDE_BRIDGE);
  for (const name of REACHING) {
    for (let owner: object | null = globalThis; owner; owner = Object.getPrototypeOf(owner) as object | null)
      Reflect.deleteProperty(owner, name);
  }
  const runner = pyodide.globals.get('Runner')((out: string) => post(JSON.stringify({ out })));
  return { handle: async (text) => JSON.stringify(handleSafely(pyodide, runner, memory, text)) };
});
