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

export function costOf(request: Request, model: Model): number {
  return (model.price * request.tokens) / 1000;
}

export function fit(log: Row[], models: Model[], options: { value: number }): Router {
  return new Router(log, models, options.value);
}

export class Router {
  private readonly models: Model[];

  constructor(log: Row[], models: Model[], value: number) {
    this.models = models;
  }

  predict(request: Request, model: string, signal: number | null = null): number {
    return 0.5;
  }

  route(request: Request, state: State): Decision {
    const candidates = this.models.map((model) => ({
      model: model.name,
      p: this.predict(request, model.name),
      cost: costOf(request, model),
      excluded: null,
    }));
    const reason = { rule: 'direct', text: 'As always.', candidates };
    return { action: 'call', model: this.models[this.models.length - 1]!.name, reason };
  }

  observe(rows: Row[]): void {}
}

export function evaluate(
  log: Row[],
  choices: string[],
  models: Model[],
): Estimate & { bySlice: Record<string, Estimate> } {
  return { cost: 0, quality: null, ci: [0, 1], n: log.length, bySlice: {} };
}

export class BudgetController {
  private readonly budget: number;

  constructor(options: { budget: number; periodMs: number; burst: number }) {
    this.budget = options.budget;
  }

  limit(now: number): number {
    return 0;
  }

  spend(amount: number, now: number): void {}
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
