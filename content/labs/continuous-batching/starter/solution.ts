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

export type Goals = Record<string, Partial<Latency>>;

export function planStep(state: State, limits: Limits, policy: Policy): Plan {
  return { preempt: [], admit: [], work: [] };
}

export function simulate(trace: Request[], policy: Policy, limits: Limits, cost: Cost): Outcome {
  return {
    steps: [],
    refused: [],
    summary: {
      throughput: 0,
      makespanMs: 0,
      meanInSystem: 0,
      preemptions: 0,
      ttftP95: 0,
      tpotP95: 0,
      gapP99: 0,
      classes: {},
    },
  };
}

export function chooseBudget(
  trace: Request[],
  budgets: number[],
  limits: Limits,
  cost: Cost,
  goals: Goals,
): number | null {
  return null;
}
