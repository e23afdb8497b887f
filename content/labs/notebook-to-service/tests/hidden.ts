import type { Configure, Orders, Test } from './kinds.ts';
import { createOrders, day, HOUR, type Row } from './orders.ts';
import { cost, encoder, least, metrics, pipeline, split, type Config } from './reference.ts';
import { contract } from './contract.ts';
import { packaging } from './packaging.ts';

type Artifact = { prep: { names: string[] }; weights: number[]; bias: number; threshold: number; sha256: string };

const ref = (name: string) => ({ $: 'ref', name });

export function tests(random: () => number): Test[] {
  const orders = createOrders(random);
  const config = (more: Partial<Config> = {}): Config => ({
    cutoff_ms: day(50),
    l2: 0.003,
    min_carrier: 20,
    cost_call: 4,
    cost_miss: 40,
    saved: 0.7,
    max_calls: 0.4,
    ...more,
  });
  return [...evaluation(orders, config), ...correctness(orders, config), ...money(orders, config), ...contract(orders, config), ...packaging()];
}

function evaluation(orders: Orders, config: Configure): Test[] {
  const about = { rubric: 'evaluation', skill: 'data-splits-leakage' };
  const rows = orders.shuffled(orders.rows(600, 60));
  const ids = (list: Row[]) => list.map(({ id }) => id);
  const want = split(rows, day(40));
  const table = orders.rows(700, 60);
  // The same orders with other futures: what happens after an order is placed must not reach a score.
  const futures = table.map((row) => ({ ...row, refund_cents: orders.whole(0, 900), courier_rating: orders.whole(1, 5), delivered_ms: row.promised_ms + orders.whole(-5, 5) * HOUR }));
  // Later rows, far from all that came before.
  const strange = table.map((row) => (row.placed_ms < day(50) ? row : { ...row, distance_m: 900_000, weight_g: 80_000, items: 99, carrier: 'balloon' }));
  return [
    {
      ...about,
      name: 'a split by time, and of the past only what was known',
      steps: [{ call: 'split', args: [rows, day(40)] }],
      expect: { train: ids(want.train), test: ids(want.test) },
    },
    {
      ...about,
      name: 'what comes after the cutoff changes nothing that is learned',
      drive: async (step) => {
        const one = (await step({ call: 'train', args: [table, config()] })) as Artifact;
        const other = (await step({ call: 'train', args: [strange, config()] })) as Artifact;
        return one.sha256 === other.sha256 ? null : 'rows after the cutoff have changed the artefact';
      },
    },
    {
      ...about,
      name: 'what happens to an order later does not reach its score',
      drive: async (step) => {
        await step({ call: 'train', args: [table, config()], as: 'artifact' });
        for (let at = 0; at < table.length; at += 35) {
          const scores: unknown[] = [];
          for (const row of [table[at]!, futures[at]!]) {
            await step({ call: 'from_row', args: [row], as: 'order' });
            scores.push(await step({ call: 'encode', args: [ref('artifact'), ref('order')] }));
          }
          if (JSON.stringify(scores[0]) !== JSON.stringify(scores[1])) return `the features of ${table[at]!.id} change with its delivery, refund or rating`;
        }
        return null;
      },
    },
    {
      ...about,
      skill: 'training-serving-skew',
      name: 'five hundred orders have the same features offline and online, in both versions',
      drive: async (step) => {
        const { older } = pipeline(table, config());
        const { names, encode } = encoder(older, config().min_carrier);
        const artifact = (await step({ call: 'train', args: [table, config()], as: 'artifact' })) as Artifact | null;
        if (artifact && artifact.prep.names.join() !== names.join()) return `the features are ${names.join(', ')}, not ${artifact.prep.names.join(', ')}`;
        for (const [at, row] of table.slice(0, 500).entries()) {
          // Every order in one of the two versions, every tenth in both.
          const versions = at % 10 === 0 ? ([1, 2] as const) : ([(1 + (at % 2)) as 1 | 2] as const);
          for (const version of versions) {
            await step({ call: 'from_row', args: [row], as: 'offline' });
            await step({ call: 'from_payload', args: [orders.payload(row, version), version], as: 'online' });
            const [a, b] = [await step({ call: 'encode', args: [ref('artifact'), ref('offline')] }), await step({ call: 'encode', args: [ref('artifact'), ref('online')] })] as number[][];
            for (const [i, value] of encode(row).entries()) {
              if (!(Math.abs(a![i]! - b![i]!) < 1e-9)) return `${names[i]} of ${row.id} is ${a![i]} offline and ${b![i]} online in version ${version}`;
              if (!(Math.abs(a![i]! - value) < 1e-6)) return `${names[i]} of ${row.id} is ${value}, not ${a![i]}`;
            }
          }
        }
        return null;
      },
    },
  ];
}

function correctness(orders: Orders, config: Configure): Test[] {
  const about = { rubric: 'correctness', skill: 'training-loop' };
  const rows = orders.rows(800, 60);
  const rare = Array.from({ length: 2500 }, () => Number(orders.between(0, 1) < 0.02));
  const scores = rare.map((label) => Math.round(1000 / (1 + Math.exp(3.6 - 1.5 * label - 1.3 * orders.normal()))) / 1000);
  const costs = { cost_call: 3, cost_miss: 60, saved: 0.6 };
  const measured = (name: string, cases: [number[], number[], number][]): Test => ({
    ...about,
    skill: 'classification-metrics',
    name,
    steps: cases.map(([labels, given, threshold]) => ({ call: 'metrics', args: [labels, given, threshold, costs] })),
    check: (results) => {
      for (const [at, [labels, given, threshold]] of cases.entries()) {
        const got = results[at] as Record<string, number | null>;
        for (const [key, value] of Object.entries(metrics(labels, given, threshold, costs)))
          if (value === null || typeof got[key] !== 'number' ? got[key] !== value : !(Math.abs(got[key] - value) < 1e-9 * Math.max(1, Math.abs(value))))
            return `${key} is ${value} at prevalence ${(labels.reduce((a, b) => a + b, 0) / labels.length).toFixed(3)} and threshold ${threshold}, not ${got[key]}`;
      }
      return null;
    },
  });
  return [
    {
      ...about,
      name: 'the weights are at the minimum',
      steps: [{ call: 'train', args: [rows, config()] }],
      check: ([result]) => {
        const { names, beta } = pipeline(rows, config());
        const { prep, bias, weights } = result as Artifact;
        if (prep.names.join() !== names.join()) return `the features are ${names.join(', ')}, not ${prep.names.join(', ')}`;
        const far = [bias, ...weights].findIndex((value, at) => !(Math.abs(value - beta[at]!) < 2e-3));
        return far < 0 ? null : `${far === 0 ? 'the bias' : `the weight of ${names[far - 1]}`} is ${beta[far]!.toFixed(4)} at the minimum, not ${[bias, ...weights][far]}`;
      },
    },
    {
      ...about,
      skill: 'testing-nondeterminism',
      name: 'the same rows in any order give the same artefact, other rows another',
      drive: async (step) => {
        const small = rows.slice(0, 500);
        const turned = orders.shuffled(small).map((row) => Object.fromEntries(Object.entries(row).reverse()));
        const used = pipeline(small, config({ cutoff_ms: day(36) })).older[7];
        const sums = [];
        for (const given of [small, turned, small.filter((row) => row !== used)]) sums.push(((await step({ call: 'train', args: [given, config({ cutoff_ms: day(36) })] })) as Artifact).sha256);
        if (!sums.every((sum) => typeof sum === 'string' && /^[0-9a-f]{64}$/.test(sum))) return 'sha256 is 64 hexadecimal digits';
        if (sums[0] !== sums[1]) return 'the same rows in another order give another artefact';
        return sums[0] === sums[2] ? 'one row less gives the same sha256' : null;
      },
    },
    measured('metrics where two in a hundred are late', [
      [rare, scores, 0.5],
      [rare, scores, 0.1],
      [rare, scores, 0.02],
    ]),
    measured('ties, one class only, and nobody called', [
      [[0, 1, 0, 1, 1, 0], [0.3, 0.3, 0.3, 0.7, 0.7, 0.7], 0.7],
      [[0, 0, 0], [0.1, 0.2, 1], 0.5],
      [[1, 1], [0, 0.99], 0.995],
      [[0, 1, 0], [0.2, 0.3, 0.1], 0.9],
    ]),
  ];
}

function money(orders: Orders, config: Configure): Test[] {
  const about = { rubric: 'threshold', skill: 'threshold-economics' };
  const rows = orders.rows(700, 60, -3);
  const settings = [config(), config({ cost_call: 15, cost_miss: 30, saved: 0.9 }), config({ cost_call: 1, cost_miss: 90, max_calls: 0.05 })];
  const judge = (artifact: Artifact, given: Config): string | null => {
    const { held, encode, late, older } = pipeline(rows, given);
    if (older.length === 0) return 'no rows';
    const scores = held.map((row) => 1 / (1 + Math.exp(-encode(row).reduce((sum, value, at) => sum + value * artifact.weights[at]!, artifact.bias))));
    const labels = held.map(late);
    const most = Math.floor(given.max_calls * held.length);
    const best = least(scores, labels, given);
    // What was summed in another order may differ in the last digit, so a threshold that is a score is tried on both sides of it.
    const sides = [-1e-9, 1e-9].map((by) => {
      const threshold = artifact.threshold + by;
      return { called: scores.filter((score) => score >= threshold).length, spent: cost(scores, labels, threshold, given) };
    });
    if (sides.some(({ called, spent }) => called <= most && spent <= best * 1.01)) return null;
    if (sides.every(({ called }) => called > most)) return `${sides[0]!.called} of ${held.length} are called; people can call ${most}`;
    return `the threshold ${artifact.threshold} costs ${sides[0]!.spent.toFixed(0)} on the held-out quarter, another one ${best.toFixed(0)}`;
  };
  return [
    {
      ...about,
      name: 'the threshold is the cheapest on the held-out quarter, within one per cent',
      steps: settings.slice(0, 2).map((given) => ({ call: 'train', args: [rows, given] })),
      check: (results) => judge(results[0] as Artifact, settings[0]!) ?? judge(results[1] as Artifact, settings[1]!),
    },
    {
      ...about,
      name: 'no more calls than people can make',
      steps: [{ call: 'train', args: [rows, settings[2]] }],
      check: ([result]) => judge(result as Artifact, settings[2]!),
    },
    {
      ...about,
      name: 'where a call costs more than it saves nobody is called',
      steps: [{ call: 'train', args: [rows.slice(0, 500), config({ cutoff_ms: day(36), cost_call: 50, cost_miss: 40 })] }],
      check: ([result]) => {
        const { threshold, bias, weights } = result as Artifact;
        const { held, encode } = pipeline(rows.slice(0, 500), config({ cutoff_ms: day(36) }));
        const score = (row: Row) => 1 / (1 + Math.exp(-encode(row).reduce((sum, value, at) => sum + value * weights[at]!, bias)));
        const called = held.filter((row) => score(row) > threshold + 1e-9).length;
        return called === 0 ? null : `${called} orders are called, and every call loses money`;
      },
    },
  ];
}
