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
/** Your own: plain JSON, so that it can be stored. */
export type Reference = Record<string, unknown>;
export type State = Record<string, unknown>;
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

export function psi(expected: number[], actual: number[]): number {
  return 0;
}

export function ks(x: number[], y: number[]): { d: number; p: number } {
  return { d: 0, p: 1 };
}

export function fitReference(rows: Row[], spec: Spec): Reference {
  return {};
}

export function calibrate(
  rows: Row[],
  spec: Spec,
  options: { window: number; alpha: number; trials: number; seed: number },
): Record<string, number> {
  return Object.fromEntries(Object.keys(spec.columns).map((name) => [name, 0.2]));
}

export class Monitor {
  private readonly reference: Reference;
  private readonly options: Options;

  constructor(reference: Reference, options: Options, state?: State) {
    this.reference = reference;
    this.options = options;
  }

  add(rows: Row[]): void {}

  check(): Alert[] {
    return [];
  }

  state(): State {
    return {};
  }
}

export function triage(alerts: Alert[]): Note[] {
  return [];
}
