export type Policy = 'static' | 'continuous' | 'chunked';
export type Limits = { maxTokens: number; maxSeqs: number; kvBlocks: number; blockSize: number };
/** Milliseconds: to read the weights, to read one cached token, to compute one token. */
export type Cost = { weightMs: number; kvMs: number; tokenMs: number };
export type Request = {
  id: string;
  class: string;
  arrivalMs: number;
  prompt: number;
  maxOutput: number;
  /** How long the answer turns out to be. The scheduler must not look. */
  output: number;
};
/** What a scheduler knows of a sequence. `cached` counts the tokens whose keys and values are in memory. */
export type Seq = { id: string; prompt: number; maxOutput: number; made: number; cached: number };
export type State = { running: Seq[]; waiting: Seq[] };
export type Plan = { preempt: string[]; admit: string[]; work: [string, number][] };

export type Step = Plan & { startMs: number };
export type Latency = { ttftP95: number; tpotP95: number; gapP99: number };
export type Outcome = {
  steps: Step[];
  refused: string[];
  summary: Latency & {
    throughput: number;
    makespanMs: number;
    /** Requests that have arrived and not finished, on average over the makespan. */
    meanInSystem: number;
    preemptions: number;
    classes: Record<string, Latency>;
  };
};

/** Tokens whose keys and values are still to be computed: one when it decodes, many when it starts or returns. */
function todo(seq: Seq): number {
  return seq.prompt + seq.made - seq.cached;
}

function blocks(tokens: number, limits: Limits): number {
  return Math.ceil(tokens / limits.blockSize);
}

function held(seqs: readonly Seq[], limits: Limits): number {
  let sum = 0;
  for (const seq of seqs) sum += blocks(seq.prompt + seq.made, limits);
  return sum;
}

/** One iteration: who gives way, who joins, who computes how many tokens. Both lists of the state are oldest first. */
export function planStep(state: State, limits: Limits, policy: Policy): Plan {
  const running = [...state.running];
  const preempt: string[] = [];
  // Somebody grew into another block. The youngest gives way, so the oldest always gets on.
  const admit: string[] = [];
  if (preempt.length === 0 && (policy !== 'static' || running.length === 0))
    for (const seq of state.waiting) {
      // First come, first served: whoever does not fit holds up those behind.
      if (running.length === limits.maxSeqs || !fits(seq, running, limits, policy)) break;
      running.push(seq);
      admit.push(seq.id);
    }
  const work: [string, number][] = [];
  let budget = limits.maxTokens;
  const decodesFirst = [
    ...running.filter((seq) => todo(seq) === 1),
    ...running.filter((seq) => todo(seq) > 1),
  ];
  for (const seq of decodesFirst) {
    const take = Math.min(budget, todo(seq));
    if (take > 0) work.push([seq.id, take]);
    budget -= take;
  }
  return { preempt, admit, work };
}

/** Whether a waiting sequence may join those that run. */
function fits(seq: Seq, running: readonly Seq[], limits: Limits, policy: Policy): boolean {
  if (policy === 'static') {
    const reserved = [...running, seq].map((one) => blocks(one.prompt + one.maxOutput, limits));
    return reserved.reduce((sum, one) => sum + one, 0) <= limits.kvBlocks;
  }
  // One spare block for each that runs keeps the newcomer from being thrown out at once.
  if (held([...running, seq], limits) + running.length > limits.kvBlocks) return false;
  if (policy === 'chunked') return true;
  return running.reduce((sum, one) => sum + todo(one), todo(seq)) <= limits.maxTokens;
}

/** Whether a request could ever finish, alone on the device. */
function isFeasible(request: Request, limits: Limits, policy: Policy): boolean {
  const longest = request.prompt + request.maxOutput;
  if (blocks(longest, limits) > limits.kvBlocks) return false;
  return policy !== 'continuous' || longest <= limits.maxTokens;
}

type Live = Seq & { request: Request; tokenTimes: number[] };

/** Plays a trace, step by step, until all that can be served is served. */
export function simulate(trace: Request[], policy: Policy, limits: Limits, cost: Cost): Outcome {
  const refused: string[] = [];
  const pending: Live[] = [];
  for (const request of [...trace].sort((a, b) => a.arrivalMs - b.arrivalMs)) {
    const { id, prompt, maxOutput } = request;
    if (!isFeasible(request, limits, policy)) refused.push(id);
    else pending.push({ id, prompt, maxOutput, made: 0, cached: 0, request, tokenTimes: [] });
  }
  const served = [...pending];
  const steps: Step[] = [];
  let running: Live[] = [];
  let waiting: Live[] = [];
  let now = 0;
  while (pending.length + waiting.length + running.length > 0) {
    if (waiting.length + running.length === 0) now = Math.max(now, pending[0]!.request.arrivalMs);
    while (pending.length > 0 && pending[0]!.request.arrivalMs <= now) waiting.push(pending.shift()!);
    const plan = planStep({ running, waiting }, limits, policy);
    const victims = running.filter((seq) => plan.preempt.includes(seq.id));
    for (const seq of victims) seq.cached = 0;
    running = [
      ...running.filter((seq) => !victims.includes(seq)),
      ...waiting.filter((seq) => plan.admit.includes(seq.id)),
    ];
    waiting = [...victims, ...waiting.filter((seq) => !plan.admit.includes(seq.id))];
    steps.push({ startMs: now, ...plan });
    now += run(plan, running, cost, now);
    running = running.filter((seq) => seq.made < seq.request.output);
  }
  return { steps, refused, summary: summarise(served, steps, now) };
}

/** Computes one step and returns how long it took. */
function run(plan: Plan, running: readonly Live[], cost: Cost, now: number): number {
  const part = plan.work.map(([id, tokens]) => ({ seq: running.find((seq) => seq.id === id)!, tokens }));
  const read = part.reduce((sum, { seq }) => sum + seq.cached, 0);
  const computed = part.reduce((sum, { tokens }) => sum + tokens, 0);
  const ms = Math.max(cost.weightMs + cost.kvMs * read, cost.tokenMs * computed);
  for (const { seq, tokens } of part) {
    seq.cached += tokens;
    if (todo(seq) > 0) continue;
    seq.made += 1;
    seq.tokenTimes.push(now + ms);
  }
  return ms;
}

function summarise(served: readonly Live[], steps: readonly Step[], end: number): Outcome['summary'] {
  const classes = [...new Set(served.map((seq) => seq.request.class))].sort();
  const tokens = served.reduce((sum, seq) => sum + seq.made, 0);
  const stay = served.reduce((sum, seq) => sum + seq.tokenTimes[seq.made - 1]! - seq.request.arrivalMs, 0);
  const start = served.length === 0 ? 0 : served[0]!.request.arrivalMs;
  return {
    ...latency(served),
    throughput: end > start ? (tokens / (end - start)) * 1000 : 0,
    makespanMs: end - start,
    meanInSystem: end > start ? stay / (end - start) : 0,
    preemptions: steps.reduce((sum, step) => sum + step.preempt.length, 0),
    classes: Object.fromEntries(
      classes.map((name) => [name, latency(served.filter((seq) => seq.request.class === name))]),
    ),
  };
}

function latency(seqs: readonly Live[]): Latency {
  const first = (seq: Live) => seq.tokenTimes[0]!;
  const last = (seq: Live) => seq.tokenTimes[seq.tokenTimes.length - 1]!;
  const several = seqs.filter((seq) => seq.made > 1);
  return {
    ttftP95: percentile(
      seqs.map((seq) => first(seq) - seq.request.arrivalMs),
      0.95,
    ),
    tpotP95: percentile(
      several.map((seq) => (last(seq) - first(seq)) / (seq.made - 1)),
      0.95,
    ),
    gapP99: percentile(
      seqs.flatMap((seq) => seq.tokenTimes.slice(1).map((time, i) => time - seq.tokenTimes[i]!)),
      0.99,
    ),
  };
}

/** The smallest value that is at least as large as a share `q` of all; 0 of nothing. */
function percentile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

export type Goals = Record<string, Partial<Latency>>;

/** The budget with the highest throughput among those that keep every goal of every class, or null. */
export function chooseBudget(
  trace: Request[],
  budgets: number[],
  limits: Limits,
  cost: Cost,
  goals: Goals,
): number | null {
  let best: { budget: number; throughput: number } | null = null;
  for (const budget of budgets) {
    const { summary } = simulate(trace, 'chunked', { ...limits, maxTokens: budget }, cost);
    const kept = Object.entries(goals).every(([name, goal]) =>
      Object.entries(goal).every(([key, most]) => (summary.classes[name]?.[key as keyof Latency] ?? 0) <= most),
    );
    if (kept && summary.throughput > (best?.throughput ?? -1))
      best = { budget, throughput: summary.throughput };
  }
  return best?.budget ?? null;
}
