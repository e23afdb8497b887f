import type { Batch, Contract, Problem } from '../solution/solution.ts';
import type { Drive, Test } from './kinds.ts';
import { play, untraced, type Played } from './play.ts';
import { CONFIG, type Scenario } from './world.ts';

/** From the arrival of a good batch to serving everybody, in ticks. */
const CLEAN_LIMIT = 45;

export function tests(random: () => number): Test[] {
  return [...contracts(random), ...keys(random), ...harm(random), ...speed(random), ...traceability(random)];
}

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function contracts(random: () => number): Test[] {
  const types = ['number', 'text', 'time'];
  const cases = Array.from({ length: 40 }, () => {
    const names = ['amount', 'age', 'country', 'seen_at'].filter(() => random() < 0.8);
    const contract: Contract = { minRows: 1000, maxAge: 6, columns: {} };
    const batch: Batch = { id: 'b', digest: 'd', madeAt: 100 - Math.floor(random() * 9), rows: 900 + Math.floor(random() * 900), columns: { extra: { type: 'text', nulls: 1, mean: null } } };
    for (const name of names) {
      const type = pick(random, types);
      const numeric = type === 'number' && random() < 0.8;
      const promised = { type, maxNulls: pick(random, [0, 0.05, 0.2]), mean: numeric ? 50 : null, sd: numeric ? 10 : null };
      contract.columns[name] = promised;
      if (random() < 0.9)
        batch.columns[name] = {
          type: random() < 0.85 ? type : pick(random, types),
          nulls: pick(random, [0, promised.maxNulls, promised.maxNulls + 0.01]),
          mean: numeric ? pick(random, [50, 45, 55, 44.9, 56, 0.05, null]) : null,
        };
    }
    return { contract, batch, now: 100 };
  });
  const wanted = ({ contract, batch, now }: (typeof cases)[number]) => {
    const list: string[] = [];
    if (batch.rows < contract.minRows) list.push('rows');
    if (batch.madeAt + contract.maxAge < now) list.push('stale');
    for (const [name, { type, maxNulls, mean, sd }] of Object.entries(contract.columns)) {
      const column = batch.columns[name];
      if (column === undefined) list.push(`missing ${name}`);
      else if (column.type !== type) list.push(`type ${name}`);
      else {
        if (column.nulls > maxNulls) list.push(`nulls ${name}`);
        if (mean !== null && (column.mean === null || column.mean > mean + sd! / 2 || column.mean < mean - sd! / 2)) list.push(`shift ${name}`);
      }
    }
    return list.sort();
  };
  return [
    {
      name: 'every breach of a data contract is found, and nothing else',
      rubric: 'harm',
      skill: 'data-contracts-quality',
      steps: cases.map(({ contract, batch, now }) => ({ call: 'checkBatch', args: [contract, batch, now] })),
      check: (results) => {
        for (const [at, one] of cases.entries()) {
          const got = (results[at] as Problem[]).map(({ rule, column }) => (column === null ? rule : `${rule} ${column}`)).sort();
          if (got.join() !== wanted(one).join()) return `${JSON.stringify(one)} breaks ${wanted(one).join(', ') || 'nothing'}; found: ${got.join(', ') || 'nothing'}`;
        }
        return null;
      },
    },
  ];
}

/** The grader's own digest of what JSON means. */
function digestOf(value: unknown): string {
  const write = (one: unknown): string =>
    Array.isArray(one)
      ? `[${one.map(write).join(',')}]`
      : one !== null && typeof one === 'object'
        ? `{${Object.keys(one)
            .sort()
            .map((key) => `${JSON.stringify(key)}:${write((one as Record<string, unknown>)[key])}`)
            .join(',')}}`
        : JSON.stringify(one);
  let hash = 2166136261;
  for (const char of write(value)) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function keys(random: () => number): Test[] {
  const inputs = Array.from({ length: 12 }, () => ({
    data: Math.floor(random() * 2 ** 32).toString(16),
    seed: Math.floor(random() * 100),
    code: { commit: `c${Math.floor(random() * 1e6)}`, files: ['train.py', 'b "quoted"'], dirty: random() < 0.5, note: null },
  }));
  return [
    {
      name: 'equal inputs have equal keys, however they are written down',
      rubric: 'traceability',
      skill: 'reproducibility',
      steps: inputs.flatMap((one) => [
        { call: 'jobKey', args: [one] },
        { call: 'jobKey', args: [{ code: Object.fromEntries(Object.entries(one.code).reverse()), seed: one.seed, data: one.data }] },
        { call: 'jobKey', args: [{ ...one, seed: one.seed + 1 }] },
      ]),
      check: (results) => {
        for (const [at, one] of inputs.entries()) {
          const [plain, turned, other] = results.slice(3 * at);
          if (plain !== digestOf(one)) return `the key of ${JSON.stringify(one)} is ${digestOf(one)}, not ${String(plain)}`;
          if (plain !== turned) return 'the same inputs in another order have another key';
          if (plain === other) return 'another seed has the same key';
        }
        return null;
      },
    },
  ];
}

/** A good model may look bad by chance: of the worlds of a test one may go unshipped. */
const UNSHIPPED = 'a good model is never shipped';

/** Plays a scenario some times, and judges each. */
function plays(
  random: () => number,
  about: Pick<Test, 'name' | 'rubric' | 'skill'>,
  scenario: Scenario,
  times: number,
  ticks: number,
  judge: (played: Played) => string | null,
): Test {
  return {
    ...about,
    drive: async (step: Drive) => {
      let unlucky = 0;
      for (let one = 0; one < times; one++) {
        const played = await play(step, scenario, random, ticks);
        const wrong = played.wrong ?? judge(played);
        if (wrong === UNSHIPPED && times > 1 && ++unlucky === 1) continue;
        if (wrong) return wrong;
      }
      return null;
    },
  };
}

const within = ({ counts }: Played, harm: number, cost: number): string | null => {
  if (counts.forbidden) return `${counts.forbidden} reached everybody`;
  if (counts.harm > harm) return `the harm is ${counts.harm.toFixed(0)}, the budget ${harm}`;
  return counts.cost > cost ? `the cost is ${counts.cost.toFixed(0)}, the budget ${cost}` : null;
};

/** Doing nothing harms nobody, and ships nothing. */
const used = ({ done }: Played, what: string): string | null =>
  done.some((one) => one.do === what) ? null : `nothing is ever given to ${what}`;

function harm(random: () => number): Test[] {
  const about = (name: string, skill: string) => ({ name, rubric: 'harm', skill });
  return [
    plays(random, about('schema change: nothing is trained on it, and the next batch ships', 'data-contracts-quality'), 'schema-change', 3, 80, (played) => {
      const { counts, done, bad, quarantined, good } = played;
      if (![...bad].every((id) => quarantined.has(id))) return 'a batch that breaks the contract is not in quarantine';
      if (done.some((one) => one.do === 'train' && bad.has(one.batch))) return 'a batch that breaks the contract was trained on';
      if (counts.shippedAt === null) return UNSHIPPED;
      if (counts.shippedAt - good! > CLEAN_LIMIT) return `the good batch after it is shipped after ${counts.shippedAt - good!} ticks`;
      return within(played, 5, 230);
    }),
    plays(random, about('a model that was good in training only reaches nobody', 'ci-for-models'), 'leaky', 3, 70, (played) => within(played, 25, 230) ?? used(played, 'train')),
    plays(random, about('a better average that is worse for some is not shipped', 'ci-for-models'), 'bad-slice', 2, 60, (played) => within(played, 5, 60) ?? used(played, 'train')),
    plays(random, about('slow model: what shadow cannot see is stopped in canary', 'progressive-delivery'), 'slow-model', 6, 70, (played) => within(played, 25, 230) ?? (used(played, 'canary') && UNSHIPPED)),
    plays(random, about('broken feature: rules take over, and give back', 'alert-design'), 'broken-feature', 3, 90, (played) => {
      const { counts } = played;
      if (counts.trains > 0) return 'a model is trained while the feed is broken';
      if (counts.fallbacks === 0) return `${counts.harm.toFixed(0)} harm, and rules never took over`;
      if (counts.resumes === 0) return 'the feature is back, and rules still decide';
      // Thirty ticks of rules cost 960; the rest is time to see it and time to be sure.
      return within(played, 960 + 240, 0);
    }),
    plays(random, about('silent quality drop after a release: back to what was there before', 'slo-error-budgets'), 'silent-drop', 3, 110, (played) => {
      const { counts } = played;
      if (counts.shippedAt === null) return UNSHIPPED;
      if (counts.rollbacks === 0) return `${counts.harm.toFixed(0)} harm, and nothing was rolled back`;
      return within(played, 450, 230);
    }),
    plays(random, about('label shift: outcomes are worse, a fresh model is trained and shipped', 'retraining-policy'), 'label-shift', 3, 120, (played) => {
      const { counts, liveQuality } = played;
      if (counts.retrains === 0) return 'outcomes have been worse for a hundred ticks, and nothing was trained';
      if (liveQuality() < 0.88) return 'at the end outcomes are still worse';
      return within(played, 1300, 230);
    }),
    plays(random, about('drift that hurts nobody costs nothing', 'drift-detection'), 'harmless-drift', 3, 110, (played) => {
      const { counts } = played;
      if (counts.retrains + counts.rollbacks + counts.fallbacks > 0) return 'scores have moved, outcomes have not, and something was done about it';
      return within(played, 1, 0);
    }),
  ];
}

function speed(random: () => number): Test[] {
  const about = (name: string, skill: string) => ({ name, rubric: 'speed', skill });
  const ships = (limit: number, cost: number) => (played: Played) => {
    const { counts, good } = played;
    if (counts.shippedAt === null) return UNSHIPPED;
    if (counts.shippedAt - good! > limit) return `a good model is shipped ${counts.shippedAt - good!} ticks after its batch, not ${limit}`;
    return within(played, 5, cost);
  };
  return [
    plays(random, about('clean releases ship in time and within the budget', 'progressive-delivery'), 'clean', 6, CLEAN_LIMIT + 6, ships(CLEAN_LIMIT, 230)),
    plays(random, about('a registry that is down for a while delays, and no more', 'model-registry'), 'registry-outage', 3, 110, (played) => {
      const wrong = ships(CLEAN_LIMIT + 36, 250)(played);
      return wrong ?? (played.counts.registers > 20 ? `the registry was asked ${played.counts.registers} times` : null);
    }),
    plays(random, about('a job that fails twice is tried again under the same key', 'pipeline-orchestration'), 'flaky-job', 2, 90, (played) => {
      if (new Set(played.jobs.map(({ key }) => key)).size > 1) return 'another try has another key';
      return ships(CLEAN_LIMIT + 12, 330)(played);
    }),
    plays(random, about('a job that always fails is given up after three tries', 'pipeline-orchestration'), 'dead-job', 1, 60, ({ counts }) =>
      counts.trains === 3 ? null : `it was tried ${counts.trains} times`,
    ),
    plays(random, about('a batch that is delivered again is not trained again', 'pipeline-orchestration'), 'delivered-twice', 2, 90, (played) =>
      played.counts.trains === 1 ? ships(CLEAN_LIMIT, 230)(played) : `the same data was trained ${played.counts.trains} times`,
    ),
  ];
}

function traceability(random: () => number): Test[] {
  const scenarios: Scenario[] = ['schema-change', 'slow-model', 'broken-feature', 'silent-drop', 'label-shift', 'registry-outage'];
  return [
    {
      name: 'every decision can be traced to what was seen',
      rubric: 'traceability',
      skill: 'model-registry',
      drive: async (step) => {
        for (const scenario of scenarios) {
          const played = await play(step, scenario, random, 75);
          if (played.done.length === 0) return `nothing was decided in the scenario ${scenario}`;
          const wrong = untraced(played);
          if (wrong) return wrong;
        }
        return null;
      },
    },
    {
      name: 'the timeline holds every decision in its order',
      rubric: 'traceability',
      skill: 'ml-lifecycle-maturity',
      drive: async (step) => {
        const { done } = await play(step, 'silent-drop', random, 90);
        const told = (await step({ on: 'train', call: 'timeline', args: [] })) as typeof done;
        const line = (list: typeof done) => list.map((one) => `${one.at} ${one.do} ${'version' in one ? one.version : ''}${'batch' in one ? one.batch : ''} ${one.because.length}`).join('; ');
        if (done.length === 0) return 'nothing was decided';
        return line(told) === line(done) ? null : `the decisions were ${line(done)}; the timeline tells ${line(told)}`;
      },
    },
    {
      name: 'the same data, code and seed give the same key in another run',
      rubric: 'traceability',
      skill: 'reproducibility',
      drive: async (step) => {
        const seen = { now: 0, batch: null, job: null, registry: null, live: { version: CONFIG.live, requests: 400, errors: 0, slow: 0, meanScore: 0.3, nulls: { amount: 0.01, age: 0.01 } }, shadow: null, canary: null, labels: { live: null, pairs: null } };
        const columns = { amount: { type: 'number', nulls: 0, mean: 50 }, age: { type: 'number', nulls: 0, mean: 40 }, country: { type: 'text', nulls: 0, mean: null } };
        const want = digestOf({ data: 'cafe', code: CONFIG.code, seed: CONFIG.seed });
        for (const at of [3, 9]) {
          await step({ new: 'Train', args: [CONFIG], as: 'train' });
          for (let now = 0; now < at; now++) await step({ on: 'train', call: 'tick', args: [{ ...seen, now }] });
          const actions = (await step({ on: 'train', call: 'tick', args: [{ ...seen, now: at, batch: { id: `b${at}`, digest: 'cafe', madeAt: at - 1, rows: 2000, columns } }] })) as { do: string; key?: string }[];
          const key = actions.find((one) => one.do === 'train')?.key;
          if (key !== want) return `the key of data cafe, code ${CONFIG.code} and seed ${CONFIG.seed} is ${want}, not ${key}`;
        }
        return null;
      },
    },
  ];
}
