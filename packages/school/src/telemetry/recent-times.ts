/** Slots of five minutes; together an hour. */
const SLOT_MS = 5 * 60_000;
const SLOTS = 12;

/** Bounds of the classes in ms, each a tenth above the one before: what is told lies within a tenth of what was measured. */
const BOUNDS = Array.from({ length: 110 }, (_, i) => 0.5 * 1.1 ** i);

/** How long things took in the last hour, in little memory. */
export interface RecentTimes {
  record(ms: number, now: number): void;
  /** Null where nothing was recorded. */
  summary(now: number): { n: number; p50Ms: number; p99Ms: number } | null;
}

export function createRecentTimes(): RecentTimes {
  const slots = new Map<number, Uint32Array>();
  const current = (now: number): number => Math.floor(now / SLOT_MS);

  const drop = (now: number): void => {
    for (const slot of slots.keys()) if (slot <= current(now) - SLOTS) slots.delete(slot);
  };

  return {
    record(ms, now) {
      let counts = slots.get(current(now));
      if (counts === undefined) {
        drop(now);
        slots.set(current(now), (counts = new Uint32Array(BOUNDS.length)));
      }
      const found = Math.ceil(Math.log(ms / 0.5) / Math.log(1.1));
      const at = Math.min(BOUNDS.length - 1, Math.max(0, found));
      counts[at] = (counts[at] ?? 0) + 1;
    },
    summary(now) {
      drop(now);
      const total = BOUNDS.map((_, i) => [...slots.values()].reduce((sum, slot) => sum + (slot[i] ?? 0), 0));
      const n = total.reduce((sum, count) => sum + count, 0);
      if (n === 0) return null;
      const below = (share: number): number => {
        let seen = 0;
        return BOUNDS[total.findIndex((count) => (seen += count) >= share * n)] ?? 0;
      };
      return { n, p50Ms: Math.round(below(0.5) * 10) / 10, p99Ms: Math.round(below(0.99) * 10) / 10 };
    },
  };
}
