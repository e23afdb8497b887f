/** Random numbers in [0, 1) from a seed: mulberry32, the same in every language. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }
}

export type Row = Record<string, number | string | null>;
export type Column = { kind: 'number'; bins: number } | { kind: 'category' };
export type Spec = { columns: Record<string, Column>; slot?: string };
/** What a value falls into: bin 0 is missing; a category's last bin is "never seen". */
type Binning = { kind: 'number'; edges: number[] } | { kind: 'category'; values: string[] };
type Counts = number[][];
export type Reference = {
  slot: string | null;
  columns: { name: string; binning: Binning }[];
  /** Counts per slot, column and bin; the slot `*` holds all rows. */
  counts: Record<string, Counts>;
};
export type Options = { window: number; thresholds: Record<string, number> };
export type Alert =
  | {
      window: number;
      column: string;
      kind: 'shift';
      psi: number;
      threshold: number;
      direction: 'up' | 'down' | null;
    }
  | { window: number; column: string; kind: 'unseen'; values: string[]; share: number };
export type Note = { column: string; severity: 'act' | 'watch'; text: string };

const ALL = '*';
/** As many unseen values as an alert names. What a broken feed can invent is without limit. */
const NAMED = 5;

/** Population stability index of two lists of counts. Half a count is added to every bin, so none is empty. */
export function psi(expected: number[], actual: number[]): number {
  const shares = (counts: number[]) => {
    const total = sum(counts) + 0.5 * counts.length;
    return counts.map((count) => (count + 0.5) / total);
  };
  const e = shares(expected);
  const a = shares(actual);
  return sum(e.map((share, bin) => (a[bin]! - share) * Math.log(a[bin]! / share)));
}

/** Two-sample Kolmogorov–Smirnov: the largest distance of the distribution functions, and its asymptotic p-value. */
export function ks(x: number[], y: number[]): { d: number; p: number } {
  const a = [...x].sort((u, v) => u - v);
  const b = [...y].sort((u, v) => u - v);
  let [i, j, d] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    // Equal values are passed together, or ties would look like distance.
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    d = Math.max(d, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return { d, p: kolmogorovTail((root + 0.12 + 0.11 / root) * d) };
}

/** P(K > x) of Kolmogorov's distribution. The series does not converge near zero, where the answer is 1. */
function kolmogorovTail(x: number): number {
  if (x < 0.2) return 1;
  let tail = 0;
  for (let k = 1; k <= 100; k++) tail += (k % 2 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, tail));
}

/** Bins by the reference's own quantiles or categories, and how often each occurred, per slot and over all. */
export function fitReference(rows: Row[], spec: Spec): Reference {
  const columns = Object.entries(spec.columns).map(([name, column]) => ({
    name,
    binning: toBinning(rows, name, column),
  }));
  const counts: Reference['counts'] = { [ALL]: emptyCounts(columns) };
  for (const row of rows) {
    const bins = binsOf(row, columns);
    for (const slot of spec.slot === undefined ? [ALL] : [ALL, String(row[spec.slot])])
      count((counts[slot] ??= emptyCounts(columns)), bins);
  }
  return { slot: spec.slot ?? null, columns, counts };
}

function toBinning(rows: Row[], name: string, column: Column): Binning {
  const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null);
  if (column.kind === 'category') return { kind: 'category', values: [...new Set(values.map(String))].sort() };
  const sorted = (values as number[]).sort((a, b) => a - b);
  const edges: number[] = [];
  for (let i = 1; i < column.bins; i++) edges.push(sorted[Math.floor((sorted.length * i) / column.bins)]!);
  return { kind: 'number', edges: [...new Set(edges)] };
}

function binOf(value: number | string | null | undefined, binning: Binning): number {
  if (value === null || value === undefined) return 0;
  if (binning.kind === 'category') {
    const at = binning.values.indexOf(String(value));
    return at < 0 ? binning.values.length + 1 : at + 1;
  }
  let bin = 1;
  for (const edge of binning.edges) if (edge <= Number(value)) bin += 1;
  return bin;
}

/** The bin of each column, in the order of the columns. */
function binsOf(row: Row, columns: Reference['columns']): number[] {
  return columns.map(({ name, binning }) => binOf(row[name], binning));
}

function emptyCounts(columns: Reference['columns']): Counts {
  return columns.map(({ binning: it }) =>
    Array<number>((it.kind === 'number' ? it.edges.length : it.values.length) + 2).fill(0),
  );
}

function count(counts: Counts, bins: number[]): void {
  for (let column = 0; column < bins.length; column++) counts[column]![bins[column]!]! += 1;
}

/**
 * Thresholds under which a window without drift raises any alert with probability `alpha`. A trial draws a reference
 * and a window from the same rows: both are samples, and forgetting that of the reference makes alarms too frequent.
 */
export function calibrate(
  rows: Row[],
  spec: Spec,
  options: { window: number; alpha: number; trials: number; seed: number },
): Record<string, number> {
  const random = new Random(options.seed);
  const { columns } = fitReference(rows, spec);
  const pools = new Map<string, number[][]>();
  for (const row of rows) {
    const slot = spec.slot === undefined ? ALL : String(row[spec.slot]);
    const pool = pools.get(slot);
    if (pool) pool.push(binsOf(row, columns));
    else pools.set(slot, [binsOf(row, columns)]);
  }
  const slots = [...pools.values()];
  const draw = (pool: number[][], size: number) => {
    const counts = emptyCounts(columns);
    for (let i = 0; i < size; i++) count(counts, pool[random.below(pool.length)]!);
    return counts;
  };
  const drawn: Record<string, number[]> = Object.fromEntries(columns.map(({ name }) => [name, []]));
  for (let trial = 0; trial < options.trials; trial++) {
    const pool = slots[trial % slots.length]!;
    const reference = emptyCounts(columns);
    for (const bins of pool) count(reference, bins);
    const window = draw(pool, options.window);
    for (const [at, { name }] of columns.entries())
      drawn[name]!.push(psi(scaled(reference[at]!, options.window), window[at]!));
  }
  return jointThresholds(drawn, options.alpha);
}

/** One tail for all columns, such that a share `alpha` of the trials passes it in at least one of them. */
function jointThresholds(drawn: Record<string, number[]>, alpha: number): Record<string, number> {
  const names = Object.keys(drawn);
  const trials = drawn[names[0]!]!.length;
  const descending = Object.fromEntries(names.map((name) => [name, [...drawn[name]!].sort((a, b) => b - a)]));
  const places = Array.from({ length: trials }, (_, trial) =>
    Math.min(...names.map((name) => placeOf(descending[name]!, drawn[name]![trial]!))),
  ).sort((a, b) => a - b);
  const place = places[Math.max(0, Math.ceil(alpha * trials) - 1)]!;
  return Object.fromEntries(names.map((name) => [name, descending[name]![place - 1]!]));
}

/** How many of the descending values are at least `value`. */
function placeOf(descending: number[], value: number): number {
  let [low, high] = [0, descending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle]! >= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function scaled(counts: number[], total: number): number[] {
  const factor = total / Math.max(1, sum(counts));
  return counts.map((one) => one * factor);
}

type State = {
  windows: number;
  rows: number;
  slots: Record<string, number>;
  counts: Counts;
  unseen: Record<string, string[]>;
  alerts: Alert[];
};

/** Compares windows of rows with a reference. It keeps counts, never rows. */
export class Monitor {
  private readonly reference: Reference;
  private readonly options: Options;
  private held: State;

  constructor(reference: Reference, options: Options, state?: State) {
    this.reference = reference;
    this.options = options;
    this.held = state ?? { windows: 0, ...this.emptyWindow(), alerts: [] };
  }

  add(rows: Row[]): void {
    const { columns, slot } = this.reference;
    for (const row of rows) {
      const bins = binsOf(row, columns);
      count(this.held.counts, bins);
      const key = slot === null ? ALL : String(row[slot]);
      const known = Object.hasOwn(this.reference.counts, key) ? key : ALL;
      this.held.slots[known] = (this.held.slots[known] ?? 0) + 1;
      for (const [at, { name, binning: it }] of columns.entries())
        if (it.kind === 'category' && bins[at] === it.values.length + 1)
          this.noteUnseen(name, String(row[name]));
      this.held.rows += 1;
      if (this.held.rows === this.options.window) this.close();
    }
  }

  /** What was found since the last call. */
  check(): Alert[] {
    const { alerts } = this.held;
    this.held.alerts = [];
    return alerts;
  }

  /** Everything a new monitor needs to go on from here. */
  state(): State {
    return copyOf(this.held);
  }

  private emptyWindow() {
    const empty = emptyCounts(this.reference.columns);
    return { rows: 0, slots: {}, counts: empty, unseen: {} };
  }

  private noteUnseen(name: string, value: string): void {
    const values = (this.held.unseen[name] ??= []);
    if (values.length < NAMED && !values.includes(value)) values.push(value);
  }

  private close(): void {
    const { windows: window, rows, counts, unseen, alerts } = this.held;
    for (const [at, { name: column, binning }] of this.reference.columns.entries()) {
      const actual = counts[at]!;
      const values = unseen[column];
      if (values)
        alerts.push({ window, column, kind: 'unseen', values, share: actual[actual.length - 1]! / rows });
      const threshold = this.options.thresholds[column];
      const expected = this.expectedCounts(at);
      const found = psi(expected, actual);
      if (threshold === undefined || found < threshold) continue;
      const direction = binning.kind === 'number' ? directionOf(expected, actual) : null;
      alerts.push({ window, column, kind: 'shift', psi: found, threshold, direction });
    }
    this.held = { windows: window + 1, ...this.emptyWindow(), alerts };
  }

  /** The reference as it would look with this window's mix of slots. */
  private expectedCounts(at: number): number[] {
    const expected: number[] = this.held.counts[at]!.map(() => 0);
    for (const [slot, rows] of Object.entries(this.held.slots))
      scaled(this.reference.counts[slot]![at]!, rows).forEach((one, bin) => (expected[bin]! += one));
    return expected;
  }
}

/** Whether the mean bin rose; missing values have no place in it. */
function directionOf(expected: number[], actual: number[]): 'up' | 'down' {
  const centre = (counts: number[]) => {
    const present = counts.slice(1);
    return sum(present.map((one, bin) => one * bin)) / Math.max(1, sum(present));
  };
  return centre(actual) >= centre(expected) ? 'up' : 'down';
}

/** One note a column, what needs an act first, then by how far the threshold was passed. */
export function triage(alerts: Alert[]): Note[] {
  const columns = new Map<string, Alert[]>();
  for (const alert of alerts) columns.set(alert.column, [...(columns.get(alert.column) ?? []), alert]);
  return [...columns]
    .map(([column, list]) => ({ excess: excessOf(list), note: toNote(column, list) }))
    .sort(
      (a, b) =>
        Number(b.note.severity === 'act') - Number(a.note.severity === 'act') ||
        b.excess - a.excess ||
        (a.note.column < b.note.column ? -1 : 1),
    )
    .map(({ note }) => note);
}

function excessOf(alerts: Alert[]): number {
  return Math.max(0, ...alerts.map((alert) => (alert.kind === 'shift' ? alert.psi / alert.threshold : 0)));
}

function toNote(column: string, alerts: Alert[]): Note {
  const excess = excessOf(alerts);
  const unseen = alerts.flatMap((alert) => (alert.kind === 'unseen' ? alert.values : []));
  const shifts = alerts.filter((alert) => alert.kind === 'shift');
  const directions = [...new Set(shifts.map((alert) => alert.direction ?? 'in its mix'))];
  const parts = [];
  if (unseen.length > 0)
    parts.push(`has values never seen before (${[...new Set(unseen)].join(', ')}): check the producer`);
  if (shifts.length > 0)
    parts.push(
      `moved ${directions.join(' and ')} in ${shifts.length} windows, at most ${excess.toFixed(1)} times the threshold`,
    );
  return {
    column,
    severity: unseen.length > 0 || excess >= 2 ? 'act' : 'watch',
    text: `${column} ${parts.join('; ')}.`,
  };
}

function sum(values: number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
