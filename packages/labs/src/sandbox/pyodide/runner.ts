/**
 * The process that Pyodide lives in: requests on its input, replies on its output, one JSON text a line, one
 * submission. Started by `pyodide-sandbox.ts`; never imported. With `--make` it writes a snapshot of the started
 * interpreter instead, from which the others start in a fraction of the time.
 */
import fs from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { readLines, writeBytes, writeLine } from '../lines.ts';
import { disarm } from './disarm.ts';
import { limitMemoryGrowth } from '../limit-memory.ts';

interface Started {
  runPython(code: string): unknown;
  globals: { get(name: string): (...args: unknown[]) => { handle(text: string): string } };
  makeMemorySnapshot(): Uint8Array;
  _module: { HEAP8: Int8Array };
}

const [folder = '', harness = '', snapshot = ''] = process.argv.slice(2);
const making = snapshot === '--make';

/** What labs import most; in the snapshot they are loaded already. */
const PRELOAD =
  'import abc, base64, bisect, collections, contextlib, copy, csv, dataclasses, datetime, decimal, enum, fractions, functools, hashlib, heapq, inspect, itertools, json, math, operator, random, re, statistics, string, struct, textwrap, time, traceback, types, typing, uuid';

/** Out of reach by name. Whoever finds them otherwise finds a process that can do nothing. */
const HIDE = `
for _name in [name for name in sys.modules if name.split(".")[0] in ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core")]:
    sys.modules[_name] = None
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__.split(".")[0] not in ("pyodide", "_pyodide")]
sys.path[:] = [path for path in sys.path if path.endswith(".zip")]
del _name
`;

async function start(): Promise<Started> {
  // Pyodide asks for constants of the file system in a way that the permission model refuses.
  Object.assign(process, { binding: () => ({ fs: fs.constants }) });
  // It loads a library for web sockets when it starts, and needs it only for what is forbidden here.
  registerHooks({
    resolve: (name, context, next) =>
      name === 'ws'
        ? { url: 'data:text/javascript,export default {}', shortCircuit: true }
        : next(name, context),
  });
  const { loadPyodide } = (await import(pathToFileURL(`${folder}/pyodide.mjs`).href)) as {
    loadPyodide(options: object): Promise<Started>;
  };
  const pyodide = await loadPyodide({
    indexURL: `${folder}/`,
    env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0' },
    jsglobals: {},
    stdin: () => null,
    stdout: () => undefined,
    stderr: () => undefined,
    ...(making && { _makeSnapshot: true }),
    ...(snapshot !== '' && !making && { _loadSnapshot: fs.readFileSync(snapshot) }),
  });
  Reflect.deleteProperty(process, 'binding');
  return pyodide;
}

const memory = limitMemoryGrowth();
const pyodide = await start();
if (making || snapshot === '') pyodide.runPython(`${fs.readFileSync(harness, 'utf8')}\n${PRELOAD}`);
if (making) writeBytes(pyodide.makeMemorySnapshot());
else serve();

function serve(): void {
  const lines = readLines();
  pyodide.runPython(HIDE);
  const runner = pyodide.globals.get('Runner')((text: string) => writeLine({ out: text }));
  const heap = () => pyodide._module.HEAP8.buffer.byteLength;
  disarm();
  writeLine({ ready: true });
  for (const line of lines) {
    const request = JSON.parse(line) as { id: number; op: string; memoryMb: number };
    if (request.op === 'open') memory.allow(heap() + request.memoryMb * 1024 * 1024);
    writeLine(handle(runner, line, request.id));
  }
}

function handle(runner: { handle(text: string): string }, line: string, id: number): object {
  try {
    return JSON.parse(runner.handle(line)) as object;
  } catch {
    // The interpreter itself broke: a stack used up, a fatal error.
    return { id, ended: 'error' };
  }
}
