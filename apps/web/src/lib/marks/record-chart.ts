import type { DelayedReviewView, GateRecordView } from '@edirae/school';

/** What we aim at: at most one pass in ten missed at the first delayed review. */
export const AIM = 0.1;

/** One row of the chart. `above` says that the whole interval lies above the aim. */
export interface RecordRow extends DelayedReviewView {
  id: string;
  /** Two digits; empty for the row of all modules. */
  number: string;
  title: string;
  above: boolean;
}

/** All modules first, then each in order. */
export function recordRows({ all, modules }: Pick<GateRecordView, 'all' | 'modules'>): RecordRow[] {
  const above = ({ low }: DelayedReviewView) => low !== null && low > AIM;
  return [
    { ...all, id: 'all', number: '', title: 'All modules', above: above(all) },
    ...modules.map((module) => ({
      ...module,
      number: String(module.number).padStart(2, '0'),
      above: above(module),
    })),
  ];
}

/** The right end of the axis, 0..1: .4, or further where an interval reaches further. */
export function axisEnd(rows: readonly RecordRow[]): number {
  const most = Math.max(0.4, ...rows.map(({ high }) => high ?? 0));
  return Math.min(1, Math.ceil(most * 5 - 1e-9) / 5);
}

/** Where the axis is marked: every tenth, or every fifth on a long axis. */
export function axisMarks(end: number): number[] {
  const step = end > 0.6 ? 0.2 : 0.1;
  return Array.from({ length: Math.round(end / step) + 1 }, (_, i) => i * step);
}

/** Radius of a mark: with the root of n, within what can be read. */
export function markRadius(n: number): number {
  return Math.min(9, Math.max(5, Math.sqrt(n) * 0.556));
}

/** A share as 9.6%. */
export function tenths(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** What the chart shows, in a sentence. */
export function recordFinding(rows: readonly RecordRow[]): string {
  const [all, ...modules] = rows;
  if (!all || all.share === null)
    return `Not enough data: ${all?.n ?? 0} passes have had a delayed review, and under 30 no figure is printed.`;
  const few = modules.filter(({ share }) => share === null).length;
  const above = modules.filter((row) => row.above).map(({ title }) => title);
  return [
    `All modules: ${tenths(all.share)} of ${all.n}.`,
    above.length > 0 ? `Above the aim by more than chance: ${above.join(', ')}.` : '',
    few > 0 ? `${few} of ${modules.length} modules have fewer than 30 and show no figure.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** A module's title without what follows its colon, cut where it would reach the marks. */
export function shortTitle(title: string, most: number): string {
  const [head = title] = title.split(':');
  return head.length <= most ? head : `${head.slice(0, most - 1).trimEnd()}…`;
}
