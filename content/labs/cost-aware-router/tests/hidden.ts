import { budgets } from './budgets.ts';
import { estimation } from './estimation.ts';
import { Misplay, played, predicted, start } from './play.ts';
import { resilience } from './resilience.ts';
import type { Model, Random, Request, Test } from './world.ts';
import { models, World } from './world.ts';

const ROWS = 2400;
const points = (share: number) => `${(100 * share).toFixed(1)} points`;
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;

export function tests(random: Random): Test[] {
  return [...results(random), ...slices(random), ...estimation(), ...resilience(random), ...budgets(random)].map(told);
}

/** What cannot be played on is said in its own words. */
function told(test: Test): Test {
  const { drive } = test;
  if (!drive) return test;
  const said = (error: unknown) => {
    if (error instanceof Misplay) return error.message;
    throw error;
  };
  return { ...test, drive: (step) => drive(step).catch(said) };
}

/** Expected calibration error in ten bins, against the chances that the world itself knows. */
function calibrationError(pairs: { p: number; truth: number }[]): number {
  const bins = Array.from({ length: 10 }, () => 0);
  for (const { p, truth } of pairs) bins[Math.min(9, Math.max(0, Math.floor(p * 10)))]! += p - truth;
  return bins.reduce((sum, bin) => sum + Math.abs(bin), 0) / pairs.length;
}

function results(random: Random): Test[] {
  const about = { rubric: 'result', skill: 'model-routing-cascades' };
  const dear: Model[] = [{ ...models[0]!, price: 20 }, { ...models[2]!, provider: 'east' }];
  const hard = (requests: Request[]) => requests.map((one) => ({ ...one, slice: 'code', features: one.features.map((x) => 0.85 + 0.15 * x) }));
  return [
    {
      ...about,
      name: 'half the bill, and no drop in quality',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(ROWS));
        const { cost, baseline, losses } = await played(step, world, world.requests(1500));
        const loss = mean(losses);
        const error = Math.sqrt(mean(losses.map((one) => (one - loss) ** 2)) / losses.length);
        if (cost > 0.6 * baseline) return `it costs ${(100 * cost / baseline).toFixed(0)}% of sending everything to the large model; at most 60 are asked for`;
        if (loss > 0.005) return `quality falls by ${points(loss)}`;
        return loss + 1.96 * error < 0.02 ? null : `a loss of 2 points cannot be excluded: ${points(loss)} ± ${points(1.96 * error)}`;
      },
    },
    {
      ...about,
      name: 'where trying the cheap model first does not pay, it is not tried',
      drive: async (step) => {
        const world = new World(random);
        const pairs = world.log(ROWS).filter((row) => row.model !== 'medium');
        await start(step, pairs, { models: dear });
        const { cost, baseline } = await played(step, world, hard(world.requests(300)), { models: dear });
        return cost <= 1.06 * baseline ? null : `on hard requests it costs ${(100 * cost / baseline).toFixed(0)}% of asking the large model at once`;
      },
    },
    {
      rubric: 'result',
      skill: 'threshold-economics',
      name: 'the more a good answer is worth, the more is spent on it',
      drive: async (step) => {
        const world = new World(random);
        const [log, requests] = [world.log(1200), world.requests(300)];
        const found: { cost: number; loss: number }[] = [];
        for (const worth of [20, 200, 5000]) {
          await start(step, log, { worth });
          const { cost, losses } = await played(step, world, requests);
          found.push({ cost, loss: mean(losses) });
        }
        const costs = found.map(({ cost }) => cost.toFixed(0)).join(', ');
        if (!(found[0]!.cost * 1.3 < found[1]!.cost && found[1]!.cost * 1.3 < found[2]!.cost)) return `for a worth of 20, 200 and 5000 the bills are ${costs}`;
        return found[2]!.loss < found[0]!.loss ? null : 'more is spent, and the answers are no better';
      },
    },
    {
      rubric: 'result',
      skill: 'classical-ml-selection',
      name: 'the chance before an answer is calibrated, for each model',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(ROWS));
        for (const { name } of models) {
          const requests = world.requests(500);
          const found = await predicted(step, requests.map((request) => ({ request, model: name, signal: null })));
          const error = calibrationError(found.map((p, i) => ({ p, truth: world.truth(requests[i]!, name) })));
          if (!(error < 0.07)) return `the calibration error for ${name} is ${error.toFixed(3)}`;
        }
        return null;
      },
    },
    {
      rubric: 'result',
      skill: 'multi-model-systems',
      name: 'the chance after an answer is calibrated, whatever the model says of itself',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(ROWS));
        for (const { name } of models) {
          const answers = world.requests(500).map((request) => ({ request, ...world.answer(request, name) }));
          const found = await predicted(step, answers.map(({ request, signal }) => ({ request, model: name, signal })));
          const error = calibrationError(found.map((p, i) => ({ p, truth: answers[i]!.posterior })));
          if (!(error < 0.05)) return `the calibration error for ${name} is ${error.toFixed(3)}`;
        }
        return null;
      },
    },
  ];
}

function slices(random: Random): Test[] {
  const about = { rubric: 'slices', skill: 'threshold-economics' };
  return [
    {
      ...about,
      name: 'no slice pays for the others, the smallest neither',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(ROWS));
        const legal = world.requests(3000).filter((one) => one.slice === 'legal').slice(0, 300);
        const { losses, requests } = await played(step, world, [...world.requests(900), ...legal]);
        for (const slice of ['legal', 'code', 'chat', 'search']) {
          const loss = mean(losses.filter((_, i) => requests[i]!.slice === slice));
          if (!(loss < 0.04)) return `${slice} loses ${points(loss)}`;
        }
        return null;
      },
    },
    {
      rubric: 'slices',
      skill: 'multi-model-systems',
      name: 'a model that knows nothing of itself in one slice is not believed there',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(ROWS));
        const legal = world.requests(3000).filter((one) => one.slice === 'legal').slice(0, 300);
        const ask = (signal: number) => predicted(step, legal.map((request) => ({ request, model: 'small', signal })));
        const [sure, unsure] = [mean(await ask(0.95)), mean(await ask(0.6))];
        const truth = mean(legal.map((request) => world.truth(request, 'small')));
        if (Math.abs(sure - truth) > 0.32) return `when it says 95%, you say ${(100 * sure).toFixed(0)}% and ${(100 * truth).toFixed(0)}% are good`;
        return sure - unsure < 0.45 ? null : `between 60% and 95% you see ${points(sure - unsure)}, and there are hardly any`;
      },
    },
    {
      ...about,
      name: 'a slice that the log does not know is served',
      drive: async (step) => {
        const world = new World(random);
        await start(step, world.log(600));
        const strange = world.requests(20).map((one) => ({ ...one, slice: 'constructor' }));
        const found = await predicted(step, strange.map((request) => ({ request, model: 'small', signal: null })));
        if (!found.every((p) => p > 0 && p < 1)) return `a chance is ${found.find((p) => !(p > 0 && p < 1))}`;
        const { answered } = await played(step, world, strange);
        return answered === 20 ? null : `${answered} of 20 are answered`;
      },
    },
  ];
}
