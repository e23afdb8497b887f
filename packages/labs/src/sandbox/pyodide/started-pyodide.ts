import type { MemoryLimit } from '../limit-memory.ts';

/** The part of Pyodide that is used. */
export interface StartedPyodide {
  runPython(code: string): unknown;
  globals: { get(name: string): (...args: unknown[]) => PythonRunner };
  makeMemorySnapshot(): Uint8Array;
  _module: { HEAP8: Int8Array };
}

/** `Runner` of `harness.py`. */
export interface PythonRunner {
  handle(text: string): string;
}

const MIB = 1024 * 1024;

/** Answers one request; what breaks the interpreter itself ends the run. */
export function handleSafely(
  pyodide: StartedPyodide,
  runner: PythonRunner,
  memory: MemoryLimit,
  text: string,
): object {
  const request = JSON.parse(text) as { id: string; op: string; memoryMb: number };
  if (request.op === 'open') memory.allow(pyodide._module.HEAP8.buffer.byteLength + request.memoryMb * MIB);
  try {
    return JSON.parse(runner.handle(text)) as object;
  } catch {
    return { id: request.id, ended: 'error' };
  }
}
