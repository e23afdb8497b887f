/**
 * Loaded before a server (`node --import`): its wall clock stands still from the moment it starts. Timers go on, as they do where a machine's
 * clock is held.
 */
const Real = Date;
const at = Real.now();

globalThis.Date = class extends Real {
  constructor(...args: [] | [number | string | Date]) {
    super(...((args.length === 0 ? [at] : args) as [number]));
  }

  static override now(): number {
    return at;
  }
} as DateConstructor;
