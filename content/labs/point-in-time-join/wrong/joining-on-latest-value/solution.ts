/** Times are whole milliseconds. */
export type Label = { entity: string; ts: number };
export type Value = number | string | null;
export type Event = { entity: string; feature: string; value: Value; eventTs: number; arrivalTs: number };
export type Cell = { value: Value; eventTs: number; arrivalTs: number } | null;
export type Row = { entity: string; ts: number; features: Record<string, Cell> };
export type Options = { ttlMs: number; useArrival: boolean };

/**
 * One row per label, in their order, with the newest value of every feature that was known strictly before it. A cell is
 * null if nothing is known, if the newest event is older than `ttlMs`, or if its value is null: an older value is never
 * used instead.
 */
export function asOfJoin(labels: Label[], events: Event[], options: Options): Row[] {
  const visibleFrom = (event: Event) =>
    options.useArrival ? Math.max(event.eventTs, event.arrivalTs) : event.eventTs;
  const names = [...new Set(events.map((event) => event.feature))].sort();
  // Sorting is stable: among events that become visible together, the log's order stays.
  const byVisibility = [...events].sort((a, b) => visibleFrom(a) - visibleFrom(b));
  const byTime = [...labels.keys()].sort((i, j) => labels[i]!.ts - labels[j]!.ts);
  const latest = new Map<string, Map<string, Event>>();
  const rows: Row[] = [];
  let at = 0;
  for (const index of byTime) {
    const { entity, ts } = labels[index]!;
    for (; at < byVisibility.length && visibleFrom(byVisibility[at]!) < Infinity; at++)
      keepNewest(latest, byVisibility[at]!);
    const known = latest.get(entity);
    const features = Object.fromEntries(
      names.map((name) => [name, toCell(known?.get(name), ts, options.ttlMs)]),
    );
    rows[index] = { entity, ts, features };
  }
  return rows;
}

/** A late arrival is visible late, but it does not replace what happened after it. */
function keepNewest(latest: Map<string, Map<string, Event>>, event: Event): void {
  const known = latest.get(event.entity) ?? new Map<string, Event>();
  latest.set(event.entity, known);
  const held = known.get(event.feature);
  const age = held ? event.eventTs - held.eventTs || event.arrivalTs - held.arrivalTs : 0;
  if (age >= 0) known.set(event.feature, event);
}

function toCell(event: Event | undefined, now: number, ttlMs: number): Cell {
  if (!event || event.value === null || now - event.eventTs > ttlMs) return null;
  return { value: event.value, eventTs: event.eventTs, arrivalTs: event.arrivalTs };
}

/** Per feature the share of filled cells that nobody could have known at the label. */
export function leakageReport(rows: Row[]): { feature: string; futureShare: number }[] {
  const counts = new Map<string, { filled: number; future: number }>();
  for (const { ts, features } of rows)
    for (const [name, cell] of Object.entries(features)) {
      const count = counts.get(name) ?? { filled: 0, future: 0 };
      counts.set(name, count);
      if (cell === null) continue;
      count.filled += 1;
      if (Math.max(cell.eventTs, cell.arrivalTs) >= ts) count.future += 1;
    }
  return [...counts]
    .map(([feature, { filled, future }]) => ({ feature, futureShare: filled === 0 ? 0 : future / filled }))
    .sort((a, b) => b.futureShare - a.futureShare || (a.feature < b.feature ? -1 : 1));
}

/** Training rows end `gapMs` before the cut; validation rows are of entities that training never saw. */
export function groupTimeSplit<T extends Label>(
  rows: T[],
  cut: number,
  gapMs: number,
): { train: T[]; valid: T[] } {
  const train = rows.filter((row) => row.ts < cut - gapMs);
  const seen = new Set(train.map((row) => row.entity));
  const valid = rows.filter((row) => row.ts >= cut && !seen.has(row.entity));
  return { train, valid };
}
