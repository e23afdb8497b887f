export type Model = { name: string; provider: string; price: number; latencyMs: number };
export type Request = { id: string; slice: string; features: number[]; tokens: number; deadlineMs: number };
export type Row = { request: Request; model: string; propensity: number; signal: number; good: 0 | 1 };
export type State = { spentMs: number; limit: number | null; down: string[]; tried: { model: string; signal: number | null }[] };
export type Candidate = { model: string; p: number; cost: number; excluded: string | null };
export type Decision = { action: string; model: string | null; reason: { rule: string; text: string; candidates: Candidate[] } };
export type Step =
  | { call: string; args: unknown[]; as?: string }
  | { new: string; as: string; args: unknown[] }
  | { on: string; call: string; args: unknown[] };
export type Drive = (step: Step) => Promise<unknown>;
export type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};
export type Random = () => number;

export const models: Model[] = [
  { name: 'small', provider: 'north', price: 2, latencyMs: 200 },
  { name: 'medium', provider: 'south', price: 9, latencyMs: 500 },
  { name: 'large', provider: 'north', price: 30, latencyMs: 900 },
];
/** What a good answer is worth, in the money that prices are in. */
export const value = 600;
const LATE = 5000;

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
/** The sum of twelve numbers in [0, 1) has a variance of 1. */
export const gauss = (random: Random) => {
  let total = -6;
  for (let i = 0; i < 12; i++) total += random();
  return total;
};
export const costOf = (request: Request, name: string, of = models) => (of.find((one) => one.name === name)!.price * request.tokens) / 1000;

/** Chance of the grader's own: whether an interval covers the truth must not hang on a lucky draw. */
export function fixedChance(seed: number): Random {
  let state = seed;
  // Mulberry32.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How good each model truly is at each request, and how sure it says it is. What a submission sees are draws from it. */
export class World {
  private readonly random: Random;
  private readonly weights: number[];
  private count = 0;
  /** By how much the small model has become worse, on the scale of log odds. */
  decay = 0;

  constructor(random: Random) {
    this.random = random;
    this.weights = [2.4 + random(), 1.2 + random() * 0.6, 0.4 + random() * 0.3];
  }

  request(deadlineMs = LATE): Request {
    const { random } = this;
    const slice = random() < 0.12 ? 'legal' : random() < 0.5 ? 'chat' : random() < 0.5 ? 'code' : 'search';
    const round = (x: number) => Math.round(x * 1000) / 1000;
    return {
      id: `q${this.count++}`,
      slice,
      // Most requests are easy, some are not.
      features: [round(random() ** 3), round(random() ** 2), round(random())],
      tokens: 500 + Math.floor(random() * 1000),
      deadlineMs,
    };
  }

  requests(count: number, deadlineMs = LATE): Request[] {
    return Array.from({ length: count }, () => this.request(deadlineMs));
  }

  /** The chance that a model's answer is good. */
  truth(request: Request, model: string): number {
    const difficulty = request.features.reduce((sum, x, i) => sum + x * this.weights[i]!, 0);
    const legal = request.slice === 'legal';
    const code = request.slice === 'code' ? 0.5 : 0;
    if (model === 'small') return sigmoid(4.4 - 1.7 * difficulty - code - (legal ? 2.4 : 0) - this.decay);
    if (model === 'medium') return sigmoid(4.3 - 1.2 * difficulty - code - (legal ? 1.6 : 0));
    return sigmoid(4.6 - 0.6 * difficulty - code);
  }

  /** What the model says of its own answer: too sure by far, and about law the small one knows nothing of itself. */
  private says(request: Request, model: string, good: boolean): number {
    const sure = 1.7 + this.tells(request, model) * (good ? 1 : -1) + gauss(this.random);
    return Math.round(1e4 * sigmoid(sure)) / 1e4;
  }

  private tells(request: Request, model: string): number {
    return request.slice === 'legal' && model === 'small' ? 0.05 : 1;
  }

  /** A draw of an answer, and the chance that it is good given what the model said of it. */
  answer(request: Request, model: string): { good: 0 | 1; signal: number; posterior: number } {
    const p = this.truth(request, model);
    const good = this.random() < p;
    const signal = Math.min(0.9999, Math.max(0.0001, this.says(request, model, good)));
    const odds = (p / (1 - p)) * Math.exp(2 * this.tells(request, model) * (Math.log(signal / (1 - signal)) - 1.7));
    return { good: good ? 1 : 0, signal, posterior: odds / (1 + odds) };
  }

  /** Two weeks under the old rules: what looked hard went to the large model more often. */
  log(count: number): Row[] {
    return this.requests(count).map((request) => {
      const [first, second] = request.features as [number, number];
      const large = first > 0.35 ? 0.7 : second > 0.4 ? 0.6 : 0.15;
      const chances: [string, number][] = [['small', 0.6 * (1 - large)], ['medium', 0.4 * (1 - large)], ['large', large]];
      let draw = this.random();
      const [model, propensity] = chances.find(([, chance]) => (draw -= chance) < 0) ?? chances[2]!;
      const { good, signal } = this.answer(request, model);
      return { request, model, propensity, signal, good };
    });
  }
}
