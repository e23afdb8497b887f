export const DAY_MS = 86_400_000;

/** Where the day of `at` begins, in UTC: limits and summaries count from there. */
export function startOfDay(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}
