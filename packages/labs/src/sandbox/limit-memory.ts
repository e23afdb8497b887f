const PAGE = 64 * 1024;

export interface MemoryLimit {
  /** Sets how large any one memory may be, in bytes. */
  allow(bytes: number): void;
}

/**
 * Lets WebAssembly memories grow to a limit only. Emscripten asks for growth through this method alone, so Python sees
 * an allocation that fails: `MemoryError`.
 */
export function limitMemoryGrowth(): MemoryLimit {
  let limit = Number.POSITIVE_INFINITY;
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function growWithin(this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > limit) throw new RangeError('the memory limit');
    return grow.call(this, pages);
  };
  return {
    allow: (bytes) => {
      limit = bytes;
    },
  };
}
