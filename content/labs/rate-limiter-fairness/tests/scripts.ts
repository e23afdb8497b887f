export type Step = { call?: string; new?: string; on?: string; as?: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
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
export type Request = { id: string; tenant: string; cost: number; deadline: number };
export type Operation = [string, ...unknown[]];
export type Offer = { ok: boolean; reason?: string; retryAfterMs?: number | null };
export type Stats = { tokens: number; used: Record<string, number>; refused: number; expired: number };

export const never = 1_000_000_000;
export const base = { rate: 2000, burst: 1000, quantum: 50, maxWaiting: 1_000_000 };
export const options = (weights: Record<string, number>, more: object = {}) => ({ ...base, weights, ...more });
export const offer = (request: Request, now: number): Operation => ['offer', request, now];
export const replay = (given: object, operations: Operation[]): Step[] => [
  { call: 'replay', args: [given, operations] },
];

/** Random scripts of operations. */
export function createScripts(random: () => number) {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const costs = (mean: number) => Math.max(1, Math.min(900, Math.round(-mean * Math.log(1 - random()))));

  /** `count` requests of a tenant, all offered at `now`, none with a deadline that matters. */
  const flood = (tenant: string, count: number, mean: number, now = 0): Operation[] =>
    Array.from({ length: count }, (_, i) =>
      offer({ id: `${tenant}${now}-${i}`, tenant, cost: costs(mean), deadline: never }, now),
    );
  /** `polls` calls of next in every `every` ms of [from, to). */
  const poll = (from: number, to: number, every = 10, polls = 6): Operation[] => {
    const list: Operation[] = [];
    for (let now = from; now < to; now += every) for (let i = 0; i < polls; i++) list.push(['next', now]);
    return list;
  };

  return { whole, costs, flood, poll };
}

export type Start = { request: Request; at: number };
/** What was started and when; complains about an id that was never offered or started twice. */
export const starts = (operations: Operation[], results: unknown[]): Start[] => {
  const waiting = new Map<string, Request>();
  const list: Start[] = [];
  operations.forEach((operation, i) => {
    const result = results[i];
    if (operation[0] === 'offer' && (result as Offer).ok)
      waiting.set((operation[1] as Request).id, operation[1] as Request);
    if (operation[0] !== 'next' || result === null) return;
    const request = waiting.get(result as string);
    if (!request) throw new Error(`next returned ${JSON.stringify(result)}, which does not wait`);
    waiting.delete(request.id);
    list.push({ request, at: operation[1] as number });
  });
  return list;
};
const sums = (list: Start[], from: number, to: number) => {
  const total: Record<string, number> = {};
  for (const { request, at } of list)
    if (at >= from && at < to) total[request.tenant] = (total[request.tenant] ?? 0) + request.cost;
  return total;
};
export const shares = (
  list: Start[],
  from: number,
  to: number,
  expected: Record<string, number>,
  tolerance = 0.05,
) => {
  const total = sums(list, from, to);
  const all = Object.values(total).reduce((a, b) => a + b, 0);
  if (all < (0.9 * (base.rate * (to - from))) / 1000)
    return `only ${all} tokens were used between ${from} and ${to} ms, although requests waited`;
  const weight = Object.values(expected).reduce((a, b) => a + b, 0);
  for (const [tenant, w] of Object.entries(expected)) {
    const got = (total[tenant] ?? 0) / all;
    if (Math.abs(got - w / weight) > tolerance)
      return `${tenant} got ${(100 * got).toFixed(1)}% of the tokens between ${from} and ${to} ms, its weight is ${((100 * w) / weight).toFixed(1)}%`;
  }
  return null;
};
export const played = (
  name: string,
  rubric: string,
  skill: string,
  given: object,
  operations: Operation[],
  check: (list: Start[], results: unknown[]) => string | null,
): Test => ({
  name,
  rubric,
  skill,
  steps: replay(given, operations),
  check: ([results]) => {
    if (!Array.isArray(results) || results.length !== operations.length)
      return 'replay returns one result per operation';
    return check(starts(operations, results), results);
  },
});

export const inWindows = (list: Start[], burst: number, rate: number) => {
  for (let i = 0; i < list.length; i++) {
    let used = 0;
    for (let j = i; j < list.length; j++) {
      used += list[j]!.request.cost;
      const most = burst + (rate * (list[j]!.at - list[i]!.at)) / 1000;
      if (used > most + 1e-6)
        return `${used} tokens started between ${list[i]!.at} and ${list[j]!.at} ms; the budget allows ${most}`;
    }
  }
  return null;
};


/**
 * Compares one long script with `factor` short ones that are as long together, in the same run, so that a busy machine
 * slows both. Work in proportion gives about 1, quadratic work about `factor`. A little too slow is tried four times.
 */
export async function grows(
  step: Drive,
  factor: number,
  make: (times: number) => Step,
): Promise<string | null> {
  const time = async (given: Step, runs: number) => {
    const start = performance.now();
    let results: unknown;
    for (let run = 0; run < runs; run++) results = await step(given);
    if (!(results as unknown[]).some((result) => typeof result === 'string'))
      throw new Error('next starts nothing');
    return performance.now() - start;
  };
  const short = make(1);
  const long = make(factor);
  let grown = Infinity;
  for (let attempt = 0; attempt < 4 && grown > 3; attempt++) {
    grown = Math.min(grown, (await time(long, 1)) / (await time(short, factor)));
    if (grown > 8) break;
  }
  return grown > 3 ? `one long queue took ${grown.toFixed(0)} times as long as ${factor} short ones` : null;
}
