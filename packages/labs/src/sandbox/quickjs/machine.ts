import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { WireStep } from '../sandbox.ts';
import { resolveModule } from './resolve-module.ts';
import { SourceError, stripTypes } from './strip-types.ts';

/** What a runner answers; `ChildSession` reads it. */
export type Frame = { value: string } | { raised: unknown } | { ended: 'memory' | 'error' };

export interface MachineOptions {
  /** A fresh machine: its memory has held nothing yet. */
  createModule: () => Promise<QuickJSWASMModule>;
  /** The text of `harness/harness.js`. */
  harness: string;
  print: (text: string) => void;
}

export interface OpenRequest {
  entry: string;
  files: Record<string, string>;
  memoryMb: number;
}

/** Stack of the interpreter, in bytes: a few thousand calls; more than this the machine's own stack cannot hold. */
const STACK_BYTES = 400 * 1024;
/** Longest answer that leaves the machine, in characters. */
const MAX_ANSWER = 8 * 1024 * 1024;

/** One submission in QuickJS. Runs wherever WebAssembly does: in Node, and in a browser's worker. */
export class Machine {
  readonly #options: MachineOptions;
  #open: OpenRequest = { entry: '', files: {}, memoryMb: 16 };
  #stripped = new Map<string, string>();
  #context: QuickJSContext | undefined;
  #runtime: QuickJSRuntime | undefined;
  #harness: QuickJSHandle | undefined;

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  open(request: OpenRequest): void {
    this.#open = request;
    this.#stripped = new Map();
  }

  /** A new machine with the submission loaded. The old one is dropped as a whole. */
  async begin(): Promise<Frame> {
    const module = await this.#options.createModule();
    return guarded(() => {
      this.#prepare(module);
      const context = this.#context!;
      const { entry } = this.#open;
      const loaded = context.evalCode(this.#source(entry), entry, { type: 'module' });
      if (loaded.error) return this.#raised(loaded.error);
      const settled = this.#settle(loaded.value);
      if ('frame' in settled) return settled.frame;
      const use = context.getProp(this.#harness!, 'use');
      const used = context.callFunction(use, context.undefined, settled.value, context.newString(entry));
      return used.error ? this.#raised(used.error) : { value: 'null' };
    });
  }

  step(step: WireStep): Frame {
    return guarded(() => {
      const context = this.#context!;
      const perform = context.getProp(this.#harness!, 'perform');
      const text = context.newString(JSON.stringify(step));
      const result = context.callFunction(perform, context.undefined, text);
      text.dispose();
      perform.dispose();
      if (result.error) return this.#raised(result.error);
      const settled = this.#settle(result.value);
      if ('frame' in settled) return settled.frame;
      const answer = context.getString(settled.value);
      settled.value.dispose();
      return { value: answer.length > MAX_ANSWER ? '{"$":"object","type":"too large"}' : answer };
    });
  }

  #prepare(module: QuickJSWASMModule): void {
    const runtime = module.newRuntime();
    runtime.setMemoryLimit(this.#open.memoryMb * 1024 * 1024);
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setModuleLoader(
      (name) => this.#load(name),
      (base, name) => resolveModule(Object.keys(this.#open.files), base, name),
    );
    const context = runtime.newContext();
    const print = context.newFunction('print', (text) => {
      this.#options.print(context.getString(text));
    });
    const made = context.unwrapResult(context.evalCode(this.#options.harness, 'harness.js'));
    this.#harness = context.unwrapResult(context.callFunction(made, context.undefined, print));
    this.#context = context;
    this.#runtime = runtime;
  }

  #load(name: string): string | { error: Error } {
    if (!Object.hasOwn(this.#open.files, name))
      return { error: new ReferenceError(`there is no module ${name} here`) };
    try {
      return this.#source(name);
    } catch (error) {
      return { error: error instanceof Error ? error : new Error('unreadable') };
    }
  }

  #source(file: string): string {
    const known = this.#stripped.get(file) ?? stripTypes(file, this.#open.files[file] ?? '');
    this.#stripped.set(file, known);
    return known;
  }

  /** Runs what is queued until the promise is settled; a value that is no promise is settled already. */
  #settle(handle: QuickJSHandle): { value: QuickJSHandle } | { frame: Frame } {
    const context = this.#context!;
    for (;;) {
      const state = context.getPromiseState(handle);
      if (state.type === 'fulfilled') return { value: state.notAPromise ? handle : state.value };
      if (state.type === 'rejected') return { frame: this.#raised(state.error) };
      const ran = this.#runtime!.executePendingJobs(1);
      if (ran.error) return { frame: this.#raised(ran.error as QuickJSHandle) };
      if (ran.value === 0) return { frame: { raised: plainError('Error', 'the promise never settles') } };
    }
  }

  #raised(error: QuickJSHandle): Frame {
    const context = this.#context!;
    const describe = context.getProp(this.#harness!, 'describe');
    const described = context.callFunction(describe, context.undefined, error);
    if (described.error) return { raised: plainError('Error', 'unreadable') };
    const { stack, ...raised } = JSON.parse(context.getString(described.value)) as Record<string, unknown>;
    return { raised: { ...raised, where: findPlace(String(stack), this.#open.files) } };
  }
}

/** What breaks the machine itself ends the run: the process is not used again. */
function guarded(run: () => Frame): Frame {
  try {
    return run();
  } catch (error) {
    if (error instanceof SourceError) return { raised: plainError('SyntaxError', error.message, error.file) };
    return { ended: 'error' };
  }
}

function plainError(name: string, message: string, where = ''): unknown {
  return { names: [name], message, where };
}

/** The innermost place in the submission, from a stack such as `at add (solution.ts:3:5)`. */
function findPlace(stack: string, files: Record<string, string>): string {
  for (const [, file = '', line = ''] of stack.matchAll(/\(?([\w./-]+):(\d+)(?::\d+)?\)?/g))
    if (Object.hasOwn(files, file)) return `${file} line ${line}`;
  return '';
}
