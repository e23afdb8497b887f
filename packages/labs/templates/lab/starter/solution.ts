export class Window {
  private readonly width: number;

  constructor(widthMs: number) {
    this.width = widthMs;
  }

  /** Records an event. */
  hit(now: number): void {}

  /** How many events are younger than the width. */
  count(now: number): number {
    throw new Error('not written yet');
  }
}

/** The span with most events, or null without times. */
export function busiest(times: number[], widthMs: number): { start: number; count: number } | null {
  throw new Error('not written yet');
}
