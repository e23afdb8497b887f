import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';

/** Stack of the interpreter, in bytes: some 1,500 calls, as in Python; more than this the machine's own stack cannot hold. */
const STACK_BYTES = 256 * 1024;

export interface CellOptions {
  module: QuickJSWASMModule;
  /** The text of `harness/harness.js`. */
  harness: string;
  print: (text: string) => void;
  load: (name: string) => string | { error: Error };
  resolve: (base: string, name: string) => string;
}

/**
 * A QuickJS machine with the harness in it and nothing else, and a copy of its whole memory at that moment. Putting the
 * copy back undoes everything that learner code did inside, byte for byte, at a fraction of the cost of a new machine.
 */
export class Cell {
  readonly context: QuickJSContext;
  readonly runtime: QuickJSRuntime;
  readonly harness: QuickJSHandle;
  readonly #memory: WebAssembly.Memory;
  /** What it held when it was made, up to the last byte that is not zero. */
  readonly #image: Uint8Array;
  readonly #size: number;

  constructor({ module, harness, print, load, resolve }: CellOptions) {
    this.runtime = module.newRuntime();
    this.runtime.setMaxStackSize(STACK_BYTES);
    this.runtime.setModuleLoader(load, resolve);
    this.context = this.runtime.newContext();
    const printer = this.context.newFunction('print', (text) => {
      print(this.context.getString(text));
    });
    const made = this.context.unwrapResult(this.context.evalCode(harness, 'harness.js'));
    this.harness = this.context.unwrapResult(
      this.context.callFunction(made, this.context.undefined, printer),
    );
    this.#memory = module.getWasmMemory();
    const bytes = new Uint8Array(this.#memory.buffer);
    this.#image = bytes.slice(0, endOf(bytes));
    this.#size = bytes.length;
  }

  /** Back to the beginning; false if its memory has grown, which cannot be undone: then make another. */
  restore(): boolean {
    const bytes = new Uint8Array(this.#memory.buffer);
    if (bytes.length !== this.#size) return false;
    bytes.set(this.#image);
    bytes.fill(0, this.#image.length);
    return true;
  }
}

function endOf(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}
