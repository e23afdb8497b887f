/** Counts up while it runs; nothing ends when a time is over. Times are milliseconds, handed in. */
export interface Stopwatch {
  /** Counted before the current run. */
  before: number;
  /** Since when it runs; null while it stands. */
  since: number | null;
}

export function stoppedAt(seconds: number): Stopwatch {
  return { before: seconds * 1000, since: null };
}

export function startWatch(watch: Stopwatch, now: number): Stopwatch {
  return watch.since === null ? { ...watch, since: now } : watch;
}

export function stopWatch(watch: Stopwatch, now: number): Stopwatch {
  return { before: elapsed(watch, now), since: null };
}

/** Milliseconds counted so far. A clock that was set back takes nothing away. */
export function elapsed({ before, since }: Stopwatch, now: number): number {
  return before + (since === null ? 0 : Math.max(0, now - since));
}

/** `4:07`, `1:04:07`. */
export function clockWords(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
