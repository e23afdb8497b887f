export type Policy = 'static' | 'continuous' | 'chunked';
export type Limits = { maxTokens: number; maxSeqs: number; kvBlocks: number; blockSize: number };
export type Cost = { weightMs: number; kvMs: number; tokenMs: number };
export type Request = {
  id: string;
  class: string;
  arrivalMs: number;
  prompt: number;
  maxOutput: number;
  output: number;
};
export type Plan = { preempt: string[]; admit: string[]; work: [string, number][] };
export type Latency = { ttftP95: number; tpotP95: number; gapP99: number };
export type Summary = Latency & {
  throughput: number;
  makespanMs: number;
  meanInSystem: number;
  preemptions: number;
  classes: Record<string, Latency>;
};
export type Outcome = { steps: (Plan & { startMs: number })[]; refused: string[]; summary: Summary };
type Live = { request: Request; made: number; cached: number; running: boolean; times: number[] };

export const blocks = (tokens: number, limits: Limits) => Math.ceil(tokens / limits.blockSize);
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

/** Why a request can never finish, by the rule of the instructions. */
export function isFeasible(request: Request, limits: Limits, policy: Policy): boolean {
  const longest = request.prompt + request.maxOutput;
  return blocks(longest, limits) <= limits.kvBlocks && (policy !== 'continuous' || longest <= limits.maxTokens);
}

/**
 * Follows the log of a simulation step by step, and believes nothing in it: budget, memory, order of time and the
 * promise of the policy are checked, and the summary is computed anew. Any schedule that keeps the rules passes.
 */
export class Audit {
  readonly lives: Map<string, Live>;
  readonly outcome: Outcome;
  private readonly limits: Limits;
  private readonly cost: Cost;
  private readonly policy: Policy;
  private now = 0;
  private preemptions = 0;

  constructor(trace: Request[], policy: Policy, limits: Limits, cost: Cost, outcome: Outcome) {
    this.limits = limits;
    this.cost = cost;
    this.policy = policy;
    this.outcome = outcome;
    const served = trace.filter((request) => !outcome.refused.includes(request.id));
    this.lives = new Map(
      served.map((request) => [request.id, { request, made: 0, cached: 0, running: false, times: [] }]),
    );
    for (const request of trace)
      if (isFeasible(request, limits, policy) === outcome.refused.includes(request.id))
        throw new Error(`${request.id} was ${this.lives.has(request.id) ? 'taken' : 'refused'} wrongly`);
  }

  /** What is wrong with the log, or null. */
  problem(): string | null {
    for (const [index, step] of this.outcome.steps.entries()) {
      const found = this.take(step);
      if (found) return `step ${index} at ${step.startMs} ms: ${found}`;
    }
    for (const live of this.lives.values())
      if (live.made < live.request.output)
        return `${live.request.id} ends with ${live.made} of ${live.request.output} tokens`;
    const measured = this.summary();
    const { meanInSystem: _, ...rest } = measured;
    return differs(this.outcome.summary, rest, 'summary');
  }

  private active(): Live[] {
    return [...this.lives.values()].filter((live) => live.running);
  }

  private take(step: Outcome['steps'][number]): string | null {
    const { limits } = this;
    const open = [...this.lives.values()].filter((live) => live.made < live.request.output);
    const expected = open.some((live) => live.request.arrivalMs <= this.now)
      ? this.now
      : Math.min(...open.map((live) => live.request.arrivalMs));
    if (!near(step.startMs, expected)) return `it should start at ${expected} ms`;
    this.now = step.startMs;
    const before = this.active().length;
    for (const id of step.preempt) {
      const live = this.lives.get(id);
      if (!live?.running) return `${id} is pre-empted and does not run`;
      live.running = false;
      live.cached = 0;
      this.preemptions += 1;
    }
    if (this.policy === 'static' && before > 0 && step.admit.length > 0)
      return 'a static batch takes nobody in while it runs';
    for (const id of step.admit) {
      const live = this.lives.get(id);
      if (!live || live.running || live.made >= live.request.output || live.request.arrivalMs > this.now + 1e-6)
        return `${id} is admitted and does not wait`;
      live.running = true;
    }
    if (this.active().length > limits.maxSeqs) return `${this.active().length} sequences run`;
    const found = this.compute(step.work);
    if (found) return found;
    const used = this.active().reduce((sum, live) => sum + blocks(live.cached, limits), 0);
    if (used > limits.kvBlocks) return `${used} blocks of ${limits.kvBlocks} are in use`;
    for (const live of this.active())
      if (live.made === live.request.output) [live.running, live.cached] = [false, 0];
    return null;
  }

  private compute(work: [string, number][]): string | null {
    if (work.length === 0) return 'nothing is computed';
    if (new Set(work.map(([id]) => id)).size < work.length) return 'a sequence takes part twice';
    let [tokens, read] = [0, 0];
    for (const [id, count] of work) {
      const live = this.lives.get(id);
      if (!live?.running) return `${id} computes and does not run`;
      const todo = live.request.prompt + live.made - live.cached;
      if (!Number.isInteger(count) || count < 1 || count > todo) return `${id} computes ${count} of ${todo} tokens`;
      if (this.policy === 'continuous' && count < todo) return `${id} computes ${count} of ${todo}: that is a chunk`;
      tokens += count;
      read += live.cached;
    }
    if (tokens > this.limits.maxTokens) return `${tokens} tokens pass the budget of ${this.limits.maxTokens}`;
    this.now += Math.max(this.cost.weightMs + this.cost.kvMs * read, this.cost.tokenMs * tokens);
    for (const [id, count] of work) {
      const live = this.lives.get(id)!;
      live.cached += count;
      if (live.cached < live.request.prompt + live.made) continue;
      live.made += 1;
      live.times.push(this.now);
    }
    return null;
  }

  /** Requests in the system, counted at every arrival and departure and weighted with time. */
  private inSystem(start: number): number {
    const moves = [...this.lives.values()].flatMap((live) => [
      { at: live.request.arrivalMs, by: 1 },
      { at: live.times[live.times.length - 1]!, by: -1 },
    ]);
    let [count, last, area] = [0, start, 0];
    for (const { at, by } of moves.sort((a, b) => a.at - b.at)) {
      area += count * (at - last);
      [count, last] = [count + by, at];
    }
    return area / (this.now - start);
  }

  summary(): Summary {
    const all = [...this.lives.values()];
    const names = [...new Set(all.map((live) => live.request.class))];
    const start = Math.min(...all.map((live) => live.request.arrivalMs));
    const tokens = all.reduce((sum, live) => sum + live.request.output, 0);
    return {
      ...latency(all),
      throughput: (tokens / (this.now - start)) * 1000,
      makespanMs: this.now - start,
      meanInSystem: this.inSystem(start),
      preemptions: this.preemptions,
      classes: Object.fromEntries(
        names.map((name) => [name, latency(all.filter((live) => live.request.class === name))]),
      ),
    };
  }
}

function latency(lives: Live[]): Latency {
  const quantile = (values: number[], q: number) =>
    values.sort((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)] ?? 0;
  const gaps = (live: Live) => live.times.slice(1).map((time, i) => time - live.times[i]!);
  return {
    ttftP95: quantile(
      lives.map((live) => live.times[0]! - live.request.arrivalMs),
      0.95,
    ),
    tpotP95: quantile(
      lives.filter((live) => live.made > 1).map((live) => gaps(live).reduce((a, b) => a + b, 0) / (live.made - 1)),
      0.95,
    ),
    gapP99: quantile(lives.flatMap(gaps), 0.99),
  };
}

function differs(got: unknown, want: unknown, path: string): string | null {
  if (typeof want === 'number')
    return typeof got === 'number' && near(got, want) ? null : `${path} is ${JSON.stringify(got)}, by the log it is ${want}`;
  for (const [key, value] of Object.entries(want as object)) {
    const found = differs((got as Record<string, unknown> | undefined)?.[key], value, `${path}.${key}`);
    if (found) return found;
  }
  return null;
}
