/**
 * The process that QuickJS lives in: requests on its input, replies on its output, one JSON text a line, one
 * submission at a time. Started by `quickjs-sandbox.ts`; never imported.
 */
import { readFileSync } from 'node:fs';
import loaded from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import type { QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { readLines, writeLine } from '../lines.ts';
import type { WireStep } from '../sandbox.ts';
import { Machine, type Frame, type OpenRequest } from './machine.ts';

const [harnessFile = '', wasmFile = ''] = process.argv.slice(2);
// Compiled once; each submission gets an instance, and so a memory, of its own.
const compiled = await WebAssembly.compile(readFileSync(wasmFile));
// Its types describe the CommonJS form; what an import gives is the variant itself.
const own = newVariant(loaded as unknown as QuickJSSyncVariant, { wasmModule: compiled });

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

type Request = { id: number; outputChars: number; step: WireStep } & (
  ({ op: 'open' } & OpenRequest) | { op: 'begin' } | { op: 'step' }
);

async function answer(request: Request): Promise<Frame> {
  if (request.op === 'open') {
    printable = request.outputChars;
    machine.open(request);
    return { value: 'null' };
  }
  return request.op === 'begin' ? machine.begin() : machine.step(request.step);
}

writeLine({ ready: true });
for (const line of readLines()) {
  const request = JSON.parse(line) as Request;
  writeLine({ id: request.id, ...(await answer(request)) });
}
