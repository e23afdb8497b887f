import type { MemoryLimit } from '../limit-memory.ts';
import type { WireStep } from '../sandbox.ts';
import { Machine, type MachineOptions, type OpenRequest } from './machine.ts';

/** What a machine holds before it runs anything, in bytes. */
const BASE_BYTES = 16 * 1024 * 1024;

interface RunnerOptions extends Pick<MachineOptions, 'createModule' | 'harness'> {
  memory: MemoryLimit;
  /** Sends what is printed on its way, before the reply. */
  write: (frame: { out: string }) => void;
}

type Request = { id: string; outputChars: number; memoryMb: number; step: WireStep } & (
  ({ op: 'open' } & OpenRequest) | { op: 'begin' } | { op: 'step' }
);

/** Answers requests as JSON text, one after the other, wherever WebAssembly runs. */
export function createQuickjsRunner({
  createModule,
  harness,
  memory,
  write,
}: RunnerOptions): (text: string) => Promise<object> {
  let printable = 0;
  const machine = new Machine({
    createModule,
    harness,
    print: (text) => {
      // One character beyond the limit is sent, so that the grader sees that something is missing.
      const part = text.slice(0, Math.max(0, printable + 1));
      printable -= part.length;
      if (part !== '') write({ out: part });
    },
  });
  return async (text) => {
    const request = JSON.parse(text) as Request;
    if (request.op === 'open') {
      printable = request.outputChars;
      memory.allow(BASE_BYTES + request.memoryMb * 1024 * 1024);
      machine.open(request);
      return { id: request.id, value: 'null' };
    }
    const frame = request.op === 'begin' ? await machine.begin() : machine.step(request.step);
    return { id: request.id, ...frame };
  };
}
