import type { QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { WireStep } from '../sandbox.ts';
import { Cell } from './cell.ts';
import { resolveModule } from './resolve-module.ts';
import { SourceError, stripTypes } from './strip-types.ts';

/** What a runner answers; `ChannelSession` reads it. */
export type Frame = { value: string } | { raised: unknown } | { ended: 'memory' | 'error' };

export interface MachineOptions {
  /** A fresh machine: its memory has held nothing yet. */
  createModule: () => Promise<QuickJSWASMModule>;
  /** The text of `harness/harness.js`. */
  harness: string;
  print: (text: string) => void;
}

/** Memory is limited by whoever makes the module: the interpreter's own count misses what large arrays hold. */
export interface OpenRequest {
  entry: string;
  files: Record<string, string>;
}

/** Longest answer that leaves the machine, in characters. */
const MAX_ANSWER = 8 * 1024 * 1024;

/** One submission in QuickJS. Runs wherever WebAssembly does: in Node, and in a browser's worker. */
export class Machine {
  readonly #options: MachineOptions;
  #open: OpenRequest = { entry: '', files: {} };
  #stripped = new Map<string, string>();
  #cell: Cell | undefined;

  constructor(options: MachineOptions) {
    this.#options = options;
  }

  open(request: OpenRequest): void {
    this.#open = request;
    this.#stripped = new Map();
  }

  /** Loads the submission where nothing has run yet. */
  async begin(): Promise<Frame> {
    if (!this.#cell?.restore()) {
      const module = await this.#options.createModule();
      this.#cell = new Cell({
        module,
        harness: this.#options.harness,
        print: this.#options.print,
        load: (name) => this.#load(name),
        resolve: (base, name) => resolveModule(Object.keys(this.#open.files), base, name),
      });
    }
    return this.#guarded((cell) => {
      const { context, harness } = cell;
      const { entry } = this.#open;
      const loaded = context.evalCode(this.#source(entry), entry, { type: 'module' });
      if (loaded.error) return this.#raised(loaded.error);
      const settled = this.#settle(loaded.value);
      if ('frame' in settled) return settled.frame;
      const use = context.getProp(harness, 'use');
      const used = context.callFunction(use, context.undefined, settled.value, context.newString(entry));
      return used.error ? this.#raised(used.error) : { value: 'null' };
    });
  }

  step(step: WireStep): Frame {
    return this.#guarded(({ context, harness }) => {
      const perform = context.getProp(harness, 'perform');
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

  /** What breaks the machine itself ends the run, and the machine with it. */
  #guarded(run: (cell: Cell) => Frame): Frame {
    try {
      return run(this.#cell!);
    } catch (error) {
      if (error instanceof SourceError)
        return { raised: plainError('SyntaxError', error.message, error.file) };
      this.#cell = undefined;
      return { ended: 'error' };
    }
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
    const { context, runtime } = this.#cell!;
    for (;;) {
      const state = context.getPromiseState(handle);
      if (state.type === 'fulfilled') return { value: state.notAPromise ? handle : state.value };
      if (state.type === 'rejected') return { frame: this.#raised(state.error) };
      const ran = runtime.executePendingJobs(1);
      if (ran.error) return { frame: this.#raised(ran.error as QuickJSHandle) };
      if (ran.value === 0) return { frame: { raised: plainError('Error', 'the promise never settles') } };
    }
  }

  #raised(error: QuickJSHandle): Frame {
    const { context, harness } = this.#cell!;
    const describe = context.getProp(harness, 'describe');
    const described = context.callFunction(describe, context.undefined, error);
    if (described.error) return { raised: plainError('Error', 'unreadable') };
    const { stack, ...raised } = JSON.parse(context.getString(described.value)) as Record<string, unknown>;
    return { raised: { ...raised, where: findPlace(String(stack), this.#open.files, listOf(raised.names)) } };
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function plainError(name: string, message: string, where = ''): unknown {
  return { names: [name], message, where };
}

/**
 * The innermost place in the submission, from a stack such as `at add (solution.ts:3:5)`. The constructor of an error's
 * own class is not where it was raised.
 */
function findPlace(stack: string, files: Record<string, string>, names: readonly unknown[]): string {
  for (const [, caller = '', file = '', line = ''] of stack.matchAll(/at (?:(\S+) )?\(?([\w./-]+):(\d+)/g))
    if (Object.hasOwn(files, file) && !names.includes(caller)) return `${file} line ${line}`;
  return '';
}
