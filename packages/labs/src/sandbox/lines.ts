import fs from 'node:fs';

// Held by themselves: what the module exports is taken away before learner code runs (`pyodide/disarm.ts`).
const { readSync, writeSync } = fs;

/** Lines from standard input, waited for without an event loop: nothing else may happen in between. */
export function* readLines(): Generator<string> {
  const chunk = Buffer.alloc(64 * 1024);
  let held: Buffer[] = [];
  for (;;) {
    const count = readSome(chunk);
    if (count === 0) return;
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0 && at < count; at = chunk.indexOf(10, start)) {
      held.push(Buffer.from(chunk.subarray(start, at)));
      start = at + 1;
      yield Buffer.concat(held).toString('utf8');
      held = [];
      // What follows in this chunk is read on; the sender waits for replies, so it is rare.
    }
    if (start < count) held.push(Buffer.from(chunk.subarray(start, count)));
  }
}

function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk, 0, chunk.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, 5);
    }
  }
}

const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** One frame as a line of ASCII, written whole. */
export function writeLine(frame: object): void {
  const text = JSON.stringify(frame).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeBytes(Buffer.from(`${text}\n`, 'latin1'));
}

/** Bytes to standard output, all of them before it returns. */
export function writeBytes(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, 1);
    }
  }
}
