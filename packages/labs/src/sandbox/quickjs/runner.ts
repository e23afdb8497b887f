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
import { createQuickjsRunner } from './create-runner.ts';

const [harnessFile = '', wasmFile = ''] = process.argv.slice(2);
// Compiled once; a machine that has to be replaced gets an instance, and so a memory, of its own.
const compiled = await WebAssembly.compile(readFileSync(wasmFile));
// Its types describe the CommonJS form; what an import gives is the variant itself.
const variant = newVariant(loaded as unknown as QuickJSSyncVariant, { wasmModule: compiled });

const answer = createQuickjsRunner({
  createModule: () => newQuickJSWASMModuleFromVariant(variant),
  harness: readFileSync(harnessFile, 'utf8'),
  memory: limitMemoryGrowth(),
  write: writeLine,
});

// The first use of everything is slow; it happens before anybody waits.
const warm = { 'warm.ts': 'export const f = (n: number): number => n;' };
for (const request of [
  { op: 'open', entry: 'warm.ts', files: warm, memoryMb: 16, outputChars: 0 },
  { op: 'begin' },
  { op: 'step', step: { do: 'call', name: 'f', args: [1] } },
])
  await answer(JSON.stringify({ id: '0', ...request }));

writeLine({ ready: true });
for (const line of readLines()) writeLine(await answer(line));
