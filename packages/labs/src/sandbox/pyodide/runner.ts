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
import { HIDE_BRIDGE } from './hide-bridge.ts';
import { OWN_EVENT_LOOP } from './own-event-loop.ts';
import { handleSafely, type StartedPyodide } from './started-pyodide.ts';
import { limitMemoryGrowth } from '../limit-memory.ts';

const [folder = '', harness = '', snapshot = ''] = process.argv.slice(2);
const making = snapshot === '--make';

/** What labs import most; in the snapshot they are loaded already. */
const PRELOAD =
  'import abc, base64, bisect, collections, contextlib, copy, csv, dataclasses, datetime, decimal, enum, fractions, functools, hashlib, heapq, inspect, itertools, json, math, operator, random, re, statistics, string, struct, textwrap, time, traceback, types, typing, uuid';

async function start(): Promise<StartedPyodide> {
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
    loadPyodide(options: object): Promise<StartedPyodide>;
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
  pyodide.runPython(OWN_EVENT_LOOP);
  pyodide.runPython(HIDE_BRIDGE);
  const runner = pyodide.globals.get('Runner')((text: string) => writeLine({ out: text }));
  disarm();
  writeLine({ ready: true });
  for (const line of lines) writeLine(handleSafely(pyodide, runner, memory, line));
}
