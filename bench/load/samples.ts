import { inMs, percentile } from '../percentile.ts';

/** What happened on one route. */
export interface RouteRow {
  route: string;
  n: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers that the product gives when something is not due or not allowed: 409 and 429. */
  refused: number;
  /** Everything else that is no success, lost connections included. */
  errors: number;
}

/** Milliseconds by route, of one stretch of load. */
export class Samples {
  readonly #routes = new Map<string, { ms: number[]; refused: number; errors: number }>();
  readonly #problems = new Map<string, number>();

  record(route: string, ms: number, status: number): void {
    const row = this.#row(route);
    row.ms.push(ms);
    if (status === 409 || status === 429) row.refused += 1;
    else if (status < 200 || status >= 400) this.#fail(route, `status ${status}`);
  }

  lost(route: string, problem: string): void {
    this.#fail(route, problem);
  }

  of(route: string): readonly number[] {
    return this.#routes.get(route)?.ms ?? [];
  }

  get total(): number {
    return [...this.#routes.values()].reduce((sum, { ms }) => sum + ms.length, 0);
  }

  get errors(): number {
    return [...this.#routes.values()].reduce((sum, { errors }) => sum + errors, 0);
  }

  /** What went wrong and how often, as `route: problem`. */
  get problems(): Record<string, number> {
    return Object.fromEntries(this.#problems);
  }

  rows(): RouteRow[] {
    return [...this.#routes.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([route, { ms, refused, errors }]) => ({
        route,
        n: ms.length,
        p50Ms: inMs(percentile(ms, 0.5)),
        p99Ms: inMs(percentile(ms, 0.99)),
        refused,
        errors,
      }));
  }

  #row(route: string) {
    let row = this.#routes.get(route);
    if (row === undefined) this.#routes.set(route, (row = { ms: [], refused: 0, errors: 0 }));
    return row;
  }

  #fail(route: string, problem: string): void {
    this.#row(route).errors += 1;
    const said = `${route}: ${problem}`;
    this.#problems.set(said, (this.#problems.get(said) ?? 0) + 1);
  }
}
