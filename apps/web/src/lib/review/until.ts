const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long until `at`, as a grade's button says it: 10 min, 4 days, 3.1 months. @param ms from now; what is past is now */
export function untilWords(ms: number): string {
  if (ms < HOUR) return `${Math.max(1, Math.round(ms / MINUTE))} min`;
  if (ms < DAY) return `${Math.round(ms / HOUR)} h`;
  const days = Math.round(ms / DAY);
  if (days < 60) return days === 1 ? '1 day' : `${days} days`;
  if (days < 730) return `${(days / 30.44).toFixed(1).replace(/\.0$/, '')} months`;
  return `${(days / 365.25).toFixed(1).replace(/\.0$/, '')} years`;
}
