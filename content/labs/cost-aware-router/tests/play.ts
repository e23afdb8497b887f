import type { Decision, Drive, Model, Request, Row, State, World } from './world.ts';
import { costOf, models, value } from './world.ts';

/** The router did what cannot be done. */
export class Misplay extends Error {}

const router = { $: 'ref', name: 'router' };

export async function start(step: Drive, log: Row[], { models: of = models, worth = value }: { models?: Model[]; worth?: number } = {}): Promise<void> {
  await step({ call: 'fit', args: [log, of, { value: worth }], as: 'router' });
}

export async function predicted(step: Drive, questions: { request: Request; model: string; signal: number | null }[]): Promise<number[]> {
  const found = await step({ call: 'predictMany', args: [router, questions] });
  if (!Array.isArray(found) || found.length !== questions.length || !found.every(Number.isFinite)) throw new Misplay('predict gives something that is no number');
  return found as number[];
}

export async function decided(step: Drive, questions: { request: Request; state: State }[]): Promise<Decision[]> {
  const found = await step({ call: 'routeMany', args: [router, questions] });
  if (!Array.isArray(found) || found.length !== questions.length) throw new Misplay('route gives no decision');
  return found as Decision[];
}

interface Options {
  models?: Model[];
  /** Providers that do not answer, which nobody has told the router. */
  silent?: string[];
}
interface Played {
  requests: Request[];
  /** Money spent, and what the large model alone would have cost. */
  cost: number;
  baseline: number;
  /** For each request the chance that the large model's answer is good, less that of the one taken; without an answer, all of it. */
  losses: number[];
  answered: number;
  /** Requests that took longer than they may. */
  late: number;
}

/** Plays requests to their ends: what the router decides is done in the world, until it takes an answer or gives up. */
export async function played(step: Drive, world: World, requests: Request[], { models: of = models, silent = [] }: Options = {}): Promise<Played> {
  const runs = requests.map((request) => ({ request, state: { spentMs: 0, limit: null, down: [], tried: [] } as State, found: new Map<string, number>(), end: undefined as Decision | undefined }));
  let cost = 0;
  for (let round = 0; round <= of.length; round++) {
    const open = runs.filter((run) => !run.end);
    if (open.length === 0) break;
    for (const [i, decision] of (await decided(step, open.map(({ request, state }) => ({ request, state })))).entries()) {
      const { request, state, found } = open[i]!;
      if (decision.action !== 'call') {
        open[i]!.end = decision;
        continue;
      }
      const model = of.find((one) => one.name === decision.model);
      if (!model || state.tried.some((one) => one.model === model.name)) throw new Misplay(`route asks ${String(decision.model)}, after ${state.tried.map((one) => one.model).join() || 'nothing'} was asked for the same request`);
      state.spentMs += model.latencyMs;
      if (silent.includes(model.provider)) state.tried.push({ model: model.name, signal: null });
      else {
        const { signal, posterior } = world.answer(request, model.name);
        state.tried.push({ model: model.name, signal });
        found.set(model.name, posterior);
        cost += costOf(request, model.name, of);
      }
    }
  }
  const taken = runs.map(({ end, found }) => (end?.action === 'accept' ? found.get(String(end.model)) : undefined));
  return {
    requests,
    cost,
    baseline: requests.reduce((sum, request) => sum + costOf(request, 'large', of), 0),
    losses: runs.map(({ request }, i) => world.truth(request, 'large') - (taken[i] ?? 0)),
    answered: taken.filter((one) => one !== undefined).length,
    late: runs.filter(({ request, state }) => state.spentMs > request.deadlineMs).length,
  };
}
