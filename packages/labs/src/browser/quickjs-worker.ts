/** A worker that runs TypeScript and JavaScript in QuickJS. Setup: `wasmUrl`, `harness` (text of `harness.js`). */
import loaded from '@jitl/quickjs-ng-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import type { QuickJSSyncVariant } from 'quickjs-emscripten-core';
import { limitMemoryGrowth } from '../sandbox/limit-memory.ts';
import { createQuickjsRunner } from '../sandbox/quickjs/create-runner.ts';
import { serveWorker, type WorkerScope } from './serve-worker.ts';

const scope = globalThis as unknown as WorkerScope;

serveWorker(scope, async ({ wasmUrl = '', harness = '' }) => {
  const response = await fetch(wasmUrl);
  const wasmModule = await WebAssembly.compile(await response.arrayBuffer());
  const variant = newVariant(loaded as unknown as QuickJSSyncVariant, { wasmModule });
  const answer = createQuickjsRunner({
    createModule: () => newQuickJSWASMModuleFromVariant(variant),
    harness,
    memory: limitMemoryGrowth(),
    write: (frame) => scope.postMessage(JSON.stringify(frame)),
  });
  return { handle: async (text) => JSON.stringify(await answer(text)) };
});
