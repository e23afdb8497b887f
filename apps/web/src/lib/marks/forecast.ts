/**
 * The curve of a forecast, from its two honest figures. The finish date is drawn as a log-normal delay from today whose
 * median is P50 and whose ninetieth percentile is P90: no more is claimed than those two say.
 */
export interface Forecast {
  line: string;
  x50: number;
  x90: number;
  months: { x: number; text: string; year: string | null }[];
}

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const z90 = 1.2815515655446004;
const day = 864e5;
export const plot = { left: 20, right: 320, top: 22, base: 92 };

export function drawForecast(now: number, p50: number, p90: number): Forecast | null {
  const median = (p50 - now) / day;
  const late = (p90 - now) / day;
  if (!(median > 0.5) || late < median) return null;
  const sigma = Math.max(0.02, Math.log(late / median) / z90);
  const end = Math.max(late * 1.25, median * Math.exp(2.1 * sigma));
  const start = Math.max(0, median * Math.exp(-2.6 * sigma) - end * 0.05);
  const x = (days: number): number => plot.left + ((days - start) / (end - start)) * (plot.right - plot.left);
  const density = (days: number): number =>
    days <= 0 ? 0 : Math.exp(-((Math.log(days / median) / sigma) ** 2) / 2) / days;
  const steps = Array.from({ length: 81 }, (_, i) => start + ((end - start) * i) / 80);
  const peak = Math.max(...steps.map(density));
  const y = (days: number): number => plot.base - (density(days) / peak) * (plot.base - plot.top);
  const line = `M${plot.left} ${plot.base}${steps.map((days) => `L${x(days).toFixed(1)} ${y(days).toFixed(1)}`).join('')}L${plot.right} ${plot.base}Z`;
  return { line, x50: x(median), x90: x(late), months: monthTicks(now, start, end, x) };
}

function monthTicks(
  now: number,
  start: number,
  end: number,
  x: (days: number) => number,
): Forecast['months'] {
  const span = (end - start) / 30;
  const every = span > 60 ? 12 : span > 30 ? 6 : span > 14 ? 3 : span > 8 ? 2 : 1;
  const date = new Date(now + start * day);
  const ticks: Forecast['months'] = [];
  let month = date.getUTCMonth() + 1;
  const year = date.getUTCFullYear();
  for (let i = 0; i < 240; i += 1, month += 1) {
    const at = Date.UTC(year, month, 1);
    const days = (at - now) / day;
    if (days > end) break;
    const named = new Date(at);
    if (named.getUTCMonth() % every !== 0) continue;
    const first = ticks.length === 0 || named.getUTCMonth() === 0;
    ticks.push({
      x: x(days),
      text: names[named.getUTCMonth()]!,
      year: first ? String(named.getUTCFullYear()) : null,
    });
  }
  return ticks;
}
