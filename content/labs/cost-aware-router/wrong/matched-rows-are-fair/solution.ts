export type Model = { name: string; provider: string; price: number; latencyMs: number };
export type Request = {
  id: string;
  slice: string;
  features: number[];
  tokens: number;
  deadlineMs: number;
};
export type Row = {
  request: Request;
  model: string;
  propensity: number;
  signal: number;
  good: 0 | 1;
};
export type State = {
  spentMs: number;
  limit: number | null;
  down: string[];
  tried: { model: string; signal: number | null }[];
};
export type Candidate = {
  model: string;
  p: number;
  cost: number;
  excluded: 'tried' | 'down' | 'deadline' | 'budget' | null;
};
export type Decision = {
  action: 'call' | 'accept' | 'give-up';
  model: string | null;
  reason: { rule: string; text: string; candidates: Candidate[] };
};
export type Estimate = { cost: number; quality: number | null; ci: [number, number]; n: number };

/** Weight of the prior that pulls every coefficient towards zero: a few rows of a slice prove little. */
const RIDGE = 1;
/** Newton's method needs no more from zero, on data that is not separable. */
const ROUNDS = 6;
/** Labelled answers of a model that are looked at for drift, and how unlikely chance must be. */
const RECENT = 200;
const SURPRISE = 4;

export function costOf(request: Request, model: Model): number {
  return (model.price * request.tokens) / 1000;
}

/** Learns from a log how good each model is at what, before it answers and once it has said how sure it is. */
export function fit(log: Row[], models: Model[], options: { value: number }): Router {
  return new Router(log, models, options.value);
}

export class Router {
  private readonly models: Model[];
  private readonly value: number;
  private readonly slices: string[];
  private readonly before = new Map<string, number[]>();
  private readonly after = new Map<string, number[]>();
  private readonly recent = new Map<string, Row[]>();
  /** By how much the odds of a model that drifted are lower than those that were learnt, as a logarithm. */
  private readonly shifts = new Map<string, number>();

  constructor(log: Row[], models: Model[], value: number) {
    this.models = models;
    this.value = value;
    this.slices = [...new Set(log.map((row) => row.request.slice))].sort();
    for (const { name } of models) {
      const rows = log.filter((row) => row.model === name);
      const good = rows.map((row) => row.good);
      this.before.set(name, logistic(rows.map((row) => this.describe(row.request)), good));
      this.after.set(name, logistic(rows.map((row) => this.describeAnswer(row.request, name, row.signal)), good));
    }
  }

  /** Chance that the model's answer is good; with `signal`, given what the model said of the answer it gave. */
  predict(request: Request, model: string, signal: number | null = null): number {
    const weights = (signal === null ? this.before : this.after).get(model)!;
    const x = signal === null ? this.describe(request) : this.describeAnswer(request, model, signal);
    return sigmoid(dot(weights, x) + (this.shifts.get(model) ?? 0));
  }

  /** What to do next with a request: ask a model, take an answer that is there, or give up. */
  route(request: Request, state: State): Decision {
    const candidates = this.models.map((model) => this.weigh(request, state, model));
    const open = candidates.filter((one) => one.excluded === null);
    const answers = state.tried
      .flatMap(({ model, signal }) => (signal === null ? [] : [{ model, p: this.predict(request, model, signal) }]))
      .sort((a, b) => b.p - a.p);
    const best = answers[0];
    const call = (rule: string, { model, p, cost }: Candidate): Decision =>
      decision('call', model, rule, `${model} is asked: good with ${percent(p)}, for ${cost.toFixed(2)}.`, candidates);
    if (!best) {
      const first = maximum(open, (one) => this.worthFirst(one, open));
      if (!first) return decision('give-up', null, 'nothing-left', 'No model can be asked any more.', candidates);
      return call(state.tried.length > 0 ? 'retry' : 'direct', first);
    }
    const next = maximum(open, (one) => this.value * one.p - one.cost);
    if (next && this.value * (next.p - best.p) > next.cost) return call('escalate', next);
    const rule = next ? 'good-enough' : 'only-choice';
    return decision('accept', best.model, rule, `The answer of ${best.model} is taken: good with ${percent(best.p)}.`, candidates);
  }

  /** Labelled answers from production. A model that does worse than chance explains is believed less. */
  observe(rows: Row[]): void {
    for (const { name } of this.models) {
      const own = [...(this.recent.get(name) ?? []), ...rows.filter((row) => row.model === name)].slice(-RECENT);
      this.recent.set(name, own);
      const learnt = own.map((row) => dot(this.before.get(name)!, this.describe(row.request)));
      const surprise = own.reduce((sum, row, i) => sum + row.good - sigmoid(learnt[i]!), 0);
      const spread = Math.sqrt(learnt.reduce((sum, z) => sum + sigmoid(z) * (1 - sigmoid(z)), 0));
      this.shifts.set(name, own.length > 0 && surprise < -SURPRISE * spread ? shiftOf(learnt, own) : 0);
    }
  }

  private weigh(request: Request, state: State, model: Model): Candidate {
    const failed = state.tried.filter((one) => one.signal === null).map((one) => one.model);
    const dead = this.models.filter((one) => failed.includes(one.name)).map((one) => one.provider);
    const cost = costOf(request, model);
    let excluded: Candidate['excluded'] = null;
    if (state.tried.some((one) => one.model === model.name)) excluded = 'tried';
    else if ([...state.down, ...dead].includes(model.provider)) excluded = 'down';
    else if (state.spentMs + model.latencyMs > request.deadlineMs) excluded = 'deadline';
    else if (state.limit !== null && cost > state.limit) excluded = 'budget';
    return { model: model.name, p: this.predict(request, model.name), cost, excluded };
  }

  /** What is gained on average by asking this one first, and the best other one if its answer turns out bad. */
  private worthFirst(one: Candidate, open: Candidate[]): number {
    const rest = open.filter((other) => other !== one).map((other) => this.value * other.p - other.cost);
    return this.value * one.p - one.cost + (1 - one.p) * Math.max(0, ...rest);
  }

  private describe(request: Request): number[] {
    return [1, ...request.features, ...this.slices.map((slice) => (slice === request.slice ? 1 : 0))];
  }

  /** What was expected, and what the signal adds to it: not the same in every slice. */
  private describeAnswer(request: Request, model: string, signal: number): number[] {
    const says = Math.log(signal / (1 - signal));
    const expected = dot(this.before.get(model)!, this.describe(request));
    const own = this.slices.map((slice) => (slice === request.slice ? 1 : 0));
    return [1, expected, says, ...own, ...own.map((is) => is * says)];
  }
}

/**
 * What a policy would have cost, and how good it would have been, from a log of what others chose. Each row in which
 * the policy agrees with the log stands for all that were chosen as seldom (self-normalised inverse propensity).
 */
export function evaluate(log: Row[], choices: string[], models: Model[]) {
  const slices = [...new Set(log.map((row) => row.request.slice))].sort();
  const all = log.map((row, i) => ({ row, choice: choices[i]! }));
  const estimate = (rows: typeof all): Estimate => {
    const costs = rows.map(({ row, choice }) => costOf(row.request, models.find((one) => one.name === choice)!));
    const matched = rows.filter(({ row, choice }) => row.model === choice).map(({ row }) => row);
    const weights = matched.map(() => 1);
    const total = sum(weights);
    const cost = sum(costs) / rows.length;
    if (matched.length === 0) return { cost, quality: null, ci: [0, 1], n: rows.length };
    const quality = sum(matched.map((row, i) => weights[i]! * row.good)) / total;
    // With a pseudo-row of each kind, so that ten good answers in a row are not certainty.
    const size = total ** 2 / sum(weights.map((weight) => weight ** 2));
    const spread = sum(matched.map((row, i) => weights[i]! ** 2 * (row.good - quality) ** 2)) / total ** 2;
    const half = 1.96 * Math.sqrt(spread + 1 / (size + 2) ** 2);
    return { cost, quality, ci: [Math.max(0, quality - half), Math.min(1, quality + half)], n: rows.length };
  };
  const bySlice = slices.map((slice) => [slice, estimate(all.filter(({ row }) => row.request.slice === slice))]);
  return { ...estimate(all), bySlice: Object.fromEntries(bySlice) as Record<string, Estimate> };
}

/** A budget for each period, let out evenly after a first share. What is left at the end is gone; a debt is not. */
export class BudgetController {
  private readonly budget: number;
  private readonly periodMs: number;
  private readonly burst: number;
  private period = 0;
  private now = 0;
  private spent = 0;

  constructor({ budget, periodMs, burst }: { budget: number; periodMs: number; burst: number }) {
    this.budget = budget;
    this.periodMs = periodMs;
    this.burst = burst;
  }

  limit(now: number): number {
    this.advance(now);
    const share = (this.now - this.period * this.periodMs) / this.periodMs;
    return Math.max(0, this.budget * (this.burst + (1 - this.burst) * share) - this.spent);
  }

  spend(amount: number, now: number): void {
    this.advance(now);
    this.spent += amount;
  }

  /** Clocks go backwards; a budget does not. */
  private advance(now: number): void {
    this.now = Math.max(this.now, now);
    const period = Math.floor(this.now / this.periodMs);
    this.spent = Math.max(0, this.spent - (period > this.period ? (period - this.period) * this.budget : 0));
    this.period = period;
  }
}

/** Asks the router many things in one go; given, and used by the tests. */
export function routeMany(router: Router, questions: { request: Request; state: State }[]): Decision[] {
  return questions.map(({ request, state }) => router.route(request, state));
}

/** The same for predictions. */
export function predictMany(
  router: Router,
  questions: { request: Request; model: string; signal: number | null }[],
): number[] {
  return questions.map(({ request, model, signal }) => router.predict(request, model, signal));
}

/** One field of an answer; given, and used by the tests. */
export function pick(answer: Record<string, unknown>, field: string): unknown {
  return answer[field];
}

function decision(
  action: Decision['action'],
  model: string | null,
  rule: string,
  text: string,
  candidates: Candidate[],
): Decision {
  return { action, model, reason: { rule, text, candidates } };
}

/** Logistic regression with a ridge, by Newton's method. */
function logistic(rows: number[][], good: number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const weights = Array.from({ length: size }, () => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight) => -RIDGE * weight);
    const curve = weights.map((_, i) => weights.map((__, j) => (i === j ? RIDGE : 0)));
    for (const [n, x] of rows.entries()) {
      const p = sigmoid(dot(weights, x));
      for (let i = 0; i < size; i++) {
        if (x[i] === 0) continue;
        slope[i]! += (good[n]! - p) * x[i]!;
        for (let j = 0; j <= i; j++) curve[i]![j]! += p * (1 - p) * x[i]! * x[j]!;
      }
    }
    for (const [i, step] of solve(curve, slope).entries()) weights[i]! += step;
  }
  return weights;
}

/** Solves a symmetric system, of which the lower half is given, by Cholesky's decomposition. */
function solve(matrix: number[][], right: number[]): number[] {
  const lower = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of matrix.entries())
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(rest) : rest / lower[j]![j]!;
    }
  const found: number[] = [];
  for (const [i, value] of right.entries())
    found.push((value - sum(found.map((one, k) => lower[i]![k]! * one))) / lower[i]![i]!);
  for (let i = found.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < found.length; k++) found[i]! -= lower[k]![i]! * found[k]!;
    found[i]! /= lower[i]![i]!;
  }
  return found;
}

/** The one number that, added to all log odds, makes the mean prediction what was observed. */
function shiftOf(learnt: number[], rows: Row[]): number {
  const seen = (sum(rows.map((row) => row.good)) + 0.5) / (rows.length + 1);
  let [low, high] = [-10, 0];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (sum(learnt.map((z) => sigmoid(z + middle))) / learnt.length > seen) high = middle;
    else low = middle;
  }
  return high;
}

function maximum<T>(list: T[], by: (one: T) => number): T | undefined {
  return list.reduce<T | undefined>((best, one) => (best !== undefined && by(best) >= by(one) ? best : one), undefined);
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function dot(a: number[], b: number[]): number {
  return a.reduce((total, x, i) => total + x * b[i]!, 0);
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function percent(p: number): string {
  return `${(100 * p).toFixed(0)}%`;
}
