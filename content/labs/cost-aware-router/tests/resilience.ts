import { decided, played, predicted, start } from './play.ts';
import type { Candidate, Decision, Random, Request, Row, State, Test } from './world.ts';
import { costOf, models, World } from './world.ts';

const RULES: Record<string, string[]> = { call: ['direct', 'retry', 'escalate'], accept: ['good-enough', 'only-choice'], 'give-up': ['nothing-left'] };

/** Why a model may not be asked; the first that holds. */
function excluded(request: Request, state: State, name: string): string | null {
  const model = models.find((one) => one.name === name)!;
  const dead = state.tried.flatMap((one) => (one.signal === null ? [models.find((each) => each.name === one.model)!.provider] : []));
  if (state.tried.some((one) => one.model === name)) return 'tried';
  if ([...state.down, ...dead].includes(model.provider)) return 'down';
  if (state.spentMs + model.latencyMs > request.deadlineMs) return 'deadline';
  return state.limit !== null && costOf(request, name) > state.limit ? 'budget' : null;
}

function problemOf(request: Request, state: State, { action, model, reason }: Decision): string | null {
  const why = new Map(models.map(({ name }) => [name, excluded(request, state, name)]));
  const open = [...why].filter(([, one]) => one === null).map(([name]) => name);
  const answers = state.tried.filter((one) => one.signal !== null).map((one) => one.model);
  if (action === 'call' && !open.includes(String(model))) return `asks ${String(model)}: ${why.get(String(model)) ?? 'there is no such model'}`;
  if (action === 'accept' && !answers.includes(String(model))) return `takes an answer of ${String(model)}, which gave none`;
  if (action === 'give-up' && (open.length > 0 || answers.length > 0)) return `gives up, with ${[...open, ...answers].join(' and ')} left`;
  const rule =
    action === 'call' ? (state.tried.length === 0 ? 'direct' : answers.length === 0 ? 'retry' : 'escalate') : action === 'accept' ? (open.length > 0 ? 'good-enough' : 'only-choice') : 'nothing-left';
  if (!RULES[action]?.includes(reason.rule) || reason.rule !== rule) return `the rule is ${reason.rule}, not ${rule}`;
  if (typeof reason.text !== 'string' || reason.text.length < 10 || (model !== null && !reason.text.includes(model))) return `the text is ${JSON.stringify(reason.text)}`;
  return candidatesOf(request, reason.candidates, why);
}

function candidatesOf(request: Request, candidates: Candidate[], why: Map<string, string | null>): string | null {
  if (candidates.map((one) => one.model).join() !== models.map((one) => one.name).join()) return `the candidates are ${candidates.map((one) => one.model).join()}`;
  for (const one of candidates) {
    if (!(one.p > 0 && one.p < 1)) return `${one.model} is good with a chance of ${one.p}`;
    if (Math.abs(one.cost - costOf(request, one.model)) > 1e-9) return `${one.model} costs ${costOf(request, one.model)}, not ${one.cost}`;
    if (one.excluded !== why.get(one.model)) return `${one.model} is excluded by ${String(one.excluded)}, not ${String(why.get(one.model))}`;
  }
  return null;
}

export function resilience(random: Random): Test[] {
  const about = { rubric: 'resilience', skill: 'model-routing-cascades' };
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)]!;
  const stateOf = (): State => {
    const tried = models.filter(() => random() < 0.3).map(({ name }) => ({ model: name, signal: random() < 0.4 ? null : 0.01 + 0.98 * random() }));
    return { spentMs: whole(0, 900), limit: pick([null, null, 3, 12, 40]), down: pick([[], [], ['north'], ['south'], ['north', 'south']]), tried };
  };
  const labelled = (world: World, count: number): Row[] =>
    world.requests(count).map((request) => {
      const model = pick(['small', 'small', 'medium', 'large']);
      const { good, signal } = world.answer(request, model);
      return { request, model, propensity: 1, good, signal };
    });
  return [
    {
      ...about,
      name: 'in any state a decision is possible, and says why',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(600));
        const questions = Array.from({ length: 400 }, () => ({ request: world.request(whole(300, 2000)), state: stateOf() }));
        for (const [i, decision] of (await decided(step, questions)).entries()) {
          const { request, state } = questions[i]!;
          const problem = problemOf(request, state, decision);
          if (problem) return `with ${JSON.stringify({ tokens: request.tokens, deadlineMs: request.deadlineMs, ...state })} it ${problem}`;
        }
        return null;
      },
    },
    {
      ...about,
      name: 'a provider falls silent: everything is answered in time by the other one',
      drive: async (step) => {
        const world = new World(random);
        // With good answers this dear the large model is wanted next, which fell silent too.
        await start(step, world.log(600), { worth: 5000 });
        const requests = Array.from({ length: 300 }, () => world.request(whole(1400, 1590)));
        const { answered, late } = await played(step, world, requests, { silent: ['north'] });
        if (late > 0) return `${late} of 300 took longer than they may`;
        return answered === 300 ? null : `${300 - answered} of 300 are not answered`;
      },
    },
    {
      rubric: 'resilience',
      skill: 'multi-model-systems',
      name: 'a model that becomes worse is believed less, and quality holds',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(1500));
        world.decay = 2.2;
        for (let part = 0; part < 3; part++) await step({ on: 'router', call: 'observe', args: [labelled(world, 250)] });
        const requests = world.requests(700);
        const found = await predicted(step, requests.map((request) => ({ request, model: 'small', signal: null })));
        const off = requests.reduce((sum, request, i) => sum + found[i]! - world.truth(request, 'small'), 0) / requests.length;
        if (Math.abs(off) > 0.08) return `its chances are off by ${(100 * off).toFixed(1)} points on average`;
        const { losses } = await played(step, world, requests);
        const loss = losses.reduce((a, b) => a + b, 0) / losses.length;
        return loss < 0.01 ? null : `quality falls by ${(100 * loss).toFixed(1)} points`;
      },
    },
    {
      rubric: 'resilience',
      skill: 'multi-model-systems',
      name: 'noise is no drift: without a change nothing changes',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(1500));
        const questions = world.requests(40).flatMap((request) => [{ request, model: 'small', signal: null }, { request, model: 'large', signal: 0.8 }]);
        const before = await predicted(step, questions);
        for (let part = 0; part < 5; part++) {
          await step({ on: 'router', call: 'observe', args: [labelled(world, 60)] });
          const after = await predicted(step, questions);
          const moved = after.findIndex((p, i) => Math.abs(p - before[i]!) > 0.01);
          if (moved >= 0) return `after ${60 * (part + 1)} ordinary answers ${questions[moved]!.model} goes from ${before[moved]} to ${after[moved]}`;
        }
        return null;
      },
    },
  ];
}
