/** Times are whole milliseconds. */
export type Label = { entity: string; ts: number };
export type Value = number | string | null;
export type Event = { entity: string; feature: string; value: Value; eventTs: number; arrivalTs: number };
export type Cell = { value: Value; eventTs: number; arrivalTs: number } | null;
export type Row = { entity: string; ts: number; features: Record<string, Cell> };
export type Options = { ttlMs: number; useArrival: boolean };

export function asOfJoin(labels: Label[], events: Event[], options: Options): Row[] {
  return [];
}

export function leakageReport(rows: Row[]): { feature: string; futureShare: number }[] {
  return [];
}

export function groupTimeSplit<T extends Label>(
  rows: T[],
  cut: number,
  gapMs: number,
): { train: T[]; valid: T[] } {
  return { train: [], valid: rows };
}
