/**
 * The process that QuickJS lives in: requests on its input, replies on its output, one JSON text a line, one
 * submission at a time. Started by `quickjs-sandbox.ts`; never imported.
 */
import { readFileSync } from 'node:fs';
import loaded from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import type { QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { limitMemoryGrowth } from '../limit-memory.ts';
import { readLines, writeLine } from '../lines.ts';
import type { WireStep } from '../sandbox.ts';
import { Machine, type Frame, type OpenRequest } from './machine.ts';

/** What a machine holds before it runs anything. */
const BASE_BYTES = 16 * 1024 * 1024;

const [harnessFile = '', wasmFile = ''] = process.argv.slice(2);
// Compiled once; each submission gets an instance, and so a memory, of its own.
const compiled = await WebAssembly.compile(readFileSync(wasmFile));
// Its types describe the CommonJS form; what an import gives is the variant itself.
const own = newVariant(loaded as unknown as QuickJSSyncVariant, { wasmModule: compiled });

const memory = limitMemoryGrowth();
let printable = 0;
const machine = new Machine({
  createModule: () => newQuickJSWASMModuleFromVariant(own),
  harness: readFileSync(harnessFile, 'utf8'),
  print: (text) => {
    // One character beyond the limit is sent, so that the grader sees that something is missing.
    const part = text.slice(0, Math.max(0, printable + 1));
    printable -= part.length;
    if (part !== '') writeLine({ out: part });
  },
});

type Request = { id: number; outputChars: number; memoryMb: number; step: WireStep } & (
  ({ op: 'open' } & OpenRequest) | { op: 'begin' } | { op: 'step' }
);

async function answer(request: Request): Promise<Frame> {
  if (request.op === 'open') {
    printable = request.outputChars;
    memory.allow(BASE_BYTES + request.memoryMb * 1024 * 1024);
    machine.open(request);
    return { value: 'null' };
  }
  return request.op === 'begin' ? machine.begin() : machine.step(request.step);
}

// The first use of everything is slow; it happens before anybody waits.
machine.open({ entry: 'warm.ts', files: { 'warm.ts': 'export const f = (n: number): number => n;' } });
await machine.begin();
machine.step({ do: 'call', name: 'f', args: [1] });

writeLine({ ready: true });
for (const line of readLines()) {
  const request = JSON.parse(line) as Request;
  writeLine({ id: request.id, ...(await answer(request)) });
}
