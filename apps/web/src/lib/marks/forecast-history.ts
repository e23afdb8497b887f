import { longDate, mediumDate } from '#lib/words.ts';

/** A forecast of the past, as the server gives it. Times in epoch ms; `week` since the goal was stated. */
export interface HistoryPoint {
  at: number;
  week: number;
  p50: number;
  p90: number;
  basis: 'plan' | 'answers' | 'you';
  hoursPerWeek: number;
  edited: boolean;
}

/** The plot, laid out: x is when a forecast was made, y the finish that it foretold, later is higher. */
export interface DrawnHistory {
  band: string;
  line50: string;
  line90: string;
  end: { x: number; y50: number; y90: number };
  /** Where the labels of the two lines stand, apart from each other. */
  labels: { y50: number; y90: number };
  weeks: { x: number; text: string }[];
  dates: { y: number; text: string }[];
}

export const frame = { left: 74, right: 520, top: 26, bottom: 196, width: 640, height: 240 };

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const day = 864e5;
const labelGap = 18;
const mostWeeks = 13;

/** Null where there is nothing to compare yet. */
export function drawHistory(points: readonly HistoryPoint[]): DrawnHistory | null {
  const first = points[0];
  const last = points.at(-1);
  if (points.length < 2 || !first || !last || last.week <= 0) return null;
  const earliest = Math.min(...points.map(({ p50 }) => p50));
  const latest = Math.max(...points.map(({ p90 }) => p90));
  const margin = Math.max(2 * day, (latest - earliest) * 0.08);
  const [from, to] = [earliest - margin, latest + margin];
  const x = (week: number): number =>
    round(frame.left + ((week - first.week) / (last.week - first.week)) * (frame.right - frame.left));
  const y = (at: number): number =>
    round(frame.bottom - ((at - from) / (to - from)) * (frame.bottom - frame.top));
  const path = (of: 'p50' | 'p90', list: readonly HistoryPoint[]): string =>
    list.map((point) => `${x(point.week)} ${y(point[of])}`).join('L');
  const end = { x: x(last.week), y50: y(last.p50), y90: y(last.p90) };
  const push = Math.max(0, labelGap - (end.y50 - end.y90)) / 2;
  return {
    band: `M${path('p50', points)}L${path('p90', points.toReversed())}Z`,
    line50: `M${path('p50', points)}`,
    line90: `M${path('p90', points)}`,
    end,
    labels: { y50: end.y50 + push + 5, y90: end.y90 - push + 5 },
    weeks: weekMarks(last.week).map((week) => ({ x: x(week), text: String(week) })),
    dates: dateMarks(from, to).map(({ at, text }) => ({ y: y(at), text })),
  };
}

function weekMarks(last: number): number[] {
  const every = Math.max(1, Math.ceil(last / mostWeeks));
  return Array.from({ length: Math.floor(last / every) + 1 }, (_, k) => k * every);
}

/** Firsts of months with the year where it begins; days where the span is short. */
function dateMarks(from: number, to: number): { at: number; text: string }[] {
  const days = (to - from) / day;
  if (days < 75) {
    const step = Math.max(1, Math.ceil(days / 5)) * day;
    const marks = [];
    for (let at = Math.ceil(from / day) * day; at <= to; at += step) marks.push({ at, text: shortDay(at) });
    return marks;
  }
  const every = [1, 2, 3, 6, 12, 24].find((months) => days / 30.4 / months <= 6) ?? 60;
  const start = new Date(from);
  const marks: { at: number; text: string }[] = [];
  for (let month = 0; month <= 12 * 15; month++) {
    const at = Date.UTC(start.getUTCFullYear(), month, 1);
    if (at > to) break;
    if (at < from || month % every !== 0) continue;
    const date = new Date(at);
    const named = marks.length === 0 || date.getUTCMonth() === 0 || every >= 12;
    marks.push({ at, text: `${names[date.getUTCMonth()]}${named ? ` ${date.getUTCFullYear()}` : ''}` });
  }
  return marks;
}

function shortDay(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${names[date.getUTCMonth()]}`;
}

/** What the plot shows, in words: where the two dates stood, where they stand, how far they moved. */
export function historyFinding(points: readonly HistoryPoint[]): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  if (points.length < 2) return `Even odds by ${longDate(last.p50)}, nine in ten by ${longDate(last.p90)}.`;
  const [then, now] = [first, last].map(({ p50, p90 }) => `${mediumDate(p50)} to ${mediumDate(p90)}`);
  return `At the start the range from even odds to nine in ten was ${then}; now it is ${now}. Even odds moved ${movedBy(last.p50 - first.p50)}.`;
}

export function movedBy(ms: number): string {
  const days = Math.round(ms / day);
  if (days === 0) return 'by less than a day';
  const size = Math.abs(days);
  const amount = size < 14 ? `${size} ${size === 1 ? 'day' : 'days'}` : `${Math.round(size / 7)} weeks`;
  return `${amount} ${days > 0 ? 'later' : 'earlier'}`;
}

/** What a forecast rests on. */
export const basisWords: Record<HistoryPoint['basis'], string> = {
  plan: 'From the plan, not yet from you',
  answers: 'From your answers so far, at the plan’s pace',
  you: 'From your own pace so far',
};

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
