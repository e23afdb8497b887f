/** Counts events younger than a width. Each event is stored once and dropped once. */
export class Window {
  private readonly width: number;
  private times: number[] = [];
  private first = 0;

  constructor(widthMs: number) {
    this.width = widthMs;
  }

  hit(now: number): void {
    this.times.push(now);
  }

  count(now: number): number {
    while (this.first < this.times.length && now - this.times[this.first]! >= this.width) this.first++;
    if (this.first > 1000) {
      this.times = this.times.slice(this.first);
      this.first = 0;
    }
    return this.times.length - this.first;
  }
}

/** The span [start, start + width) with most events, the earliest of equals. */
export function busiest(times: number[], widthMs: number): { start: number; count: number } | null {
  const ordered = times.toSorted((a, b) => a - b);
  let best: { start: number; count: number } | null = null;
  let end = 0;
  for (const [begin, start] of ordered.entries()) {
    while (end < ordered.length && ordered[end]! < start + widthMs) end++;
    if (best === null || end - begin > best.count) best = { start, count: end - begin };
  }
  return best;
}
