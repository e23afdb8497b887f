/** How long after its date a figure is shown. */
export type ShelfLife = { months: number } | { days: number };

/**
 * The last day on which a figure of `date` is shown, as `YYYY-MM-DD`. A month or a year without a day counts to its end,
 * since that is what the figure describes.
 * @param date `2024`, `2024-05` or `2024-05-31`
 */
export function freshUntil(date: string, life: ShelfLife): string {
  const end = endOf(date);
  if ('days' in life) end.setUTCDate(end.getUTCDate() + life.days);
  else addMonths(end, life.months);
  return end.toISOString().slice(0, 10);
}

/** True once the last day is over. @param today `YYYY-MM-DD` */
export function isStale(date: string, life: ShelfLife, today: string): boolean {
  return freshUntil(date, life) < today;
}

function endOf(date: string): Date {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return new Date(Date.UTC(year, 11, 31));
  // Day 0 is the last one of the month before.
  return new Date(day === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, day));
}

/** The same day so many months later, or that month's last one: 31 May and 18 months give 30 November. */
function addMonths(date: Date, months: number): void {
  const day = date.getUTCDate();
  const wasLast = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() === day;
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(wasLast ? last : Math.min(day, last));
}
