type Step =
  | { call: string; args: unknown[]; as?: string }
  | { new: string; as: string; args: unknown[] }
  | { on: string; call: string; args: unknown[] };
type Drive = (step: Step) => Promise<unknown>;
type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  tol?: number;
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};
type Row = Record<string, number | string | null>;
type Alert = { window: number; column: string; kind: 'shift' | 'unseen'; psi: number; threshold: number; direction: string | null; values: string[]; share: number };
type Note = { column: string; severity: string; text: string };

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

function psi(expected: number[], actual: number[]): number {
  const share = (counts: number[], i: number) => (counts[i]! + 0.5) / (sum(counts) + counts.length / 2);
  return sum(
    expected.map((_, i) => (share(actual, i) - share(expected, i)) * Math.log(share(actual, i) / share(expected, i))),
  );
}

/** The distance by its definition: both distribution functions at every value. */
function ks(x: number[], y: number[]) {
  const below = (sample: number[], value: number) => sample.filter((one) => one <= value).length / sample.length;
  const d = Math.max(...[...x, ...y].map((value) => Math.abs(below(x, value) - below(y, value))));
  const n = (x.length * y.length) / (x.length + y.length);
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * d;
  let tail = 0;
  for (let k = 1; k <= 100; k++) tail += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return { d, p: lambda < 0.2 ? 1 : Math.min(1, Math.max(0, tail)) };
}

/** Chance of the grader's own: the share of false alarms must not depend on a lucky draw. */
function fixedChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
    return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32;
  };
}

const gauss = (random: () => number) => {
  let total = -6;
  for (let i = 0; i < 12; i++) total += random();
  return total;
};
/** Two columns of a population that does not move, unless told to. */
function people(random: () => number, count: number, shift = 0, mix = 0): Row[] {
  return Array.from({ length: count }, () => ({
    spend: Math.round((gauss(random) + shift) * 1000) / 1000,
    plan: random() < 0.4 + mix ? 'basic' : random() < 0.6 ? 'pro' : random() < 0.7 ? 'team' : 'free',
  }));
}
const spec = { columns: { spend: { kind: 'number', bins: 6 }, plan: { kind: 'category' } } };

/** Fits, calibrates and watches, and returns what was found. */
async function watch(
  step: Drive,
  reference: Row[],
  given: { columns: object; slot?: string },
  options: { window: number; alpha: number; trials: number; seed: number },
  rows: Row[],
): Promise<Alert[]> {
  await step({ call: 'fitReference', args: [reference, given], as: 'reference' });
  await step({ call: 'calibrate', args: [reference, given, options], as: 'thresholds' });
  await step({
    new: 'Monitor',
    as: 'monitor',
    args: [{ $: 'ref', name: 'reference' }, { window: options.window, thresholds: { $: 'ref', name: 'thresholds' } }],
  });
  for (let at = 0; at < rows.length; at += 4000)
    await step({ on: 'monitor', call: 'add', args: [rows.slice(at, at + 4000)] });
  return (await step({ on: 'monitor', call: 'check', args: [] })) as Alert[];
}
const windowsOf = (alerts: Alert[], column?: string) =>
  new Set(alerts.filter((one) => column === undefined || one.column === column).map((one) => one.window)).size;

export function tests(random: () => number): Test[] {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const counts = (bins: number, most: number) => Array.from({ length: bins }, () => whole(0, most));
  const sample = (size: number, values: number, by = 0) => Array.from({ length: size }, () => whole(0, values) / 4 + by);
  const [e, a] = [counts(9, 400), counts(9, 90)];
  const pairs = [
    [sample(60, 4000), sample(45, 4000)],
    [sample(80, 12), sample(35, 12, 0.25)],
    [sample(30, 100), sample(30, 100, 6)],
    [sample(25, 3), sample(40, 3)],
  ] as [number[], number[]][];
  const about = { rubric: 'statistics', skill: 'drift-detection' };
  const statistics: Test[] = [
    { ...about, name: 'random histograms of different size', steps: [{ call: 'psi', args: [e, a] }], expect: psi(e, a), tol: 1e-9 },
    {
      ...about,
      name: 'PSI is the same both ways',
      steps: [
        { call: 'psi', args: [e, e.map((_, i) => e[8 - i])] },
        { call: 'psi', args: [e.map((_, i) => e[8 - i]), e] },
      ],
      check: ([one, other]) => {
        const value = psi(e, e.map((_, i) => e[8 - i]!));
        return Math.abs((one as number) - value) < 1e-9 && Math.abs((other as number) - value) < 1e-9
          ? null
          : `it is ${value}; forth ${one}, back ${other}`;
      },
    },
    {
      ...about,
      name: 'empty bins give a finite number',
      steps: [{ call: 'psi', args: [[0, 50, 50, 0], [40, 0, 60, 0]] }],
      expect: psi([0, 50, 50, 0], [40, 0, 60, 0]),
      tol: 1e-9,
    },
    ...['many different values', 'many ties', 'a shift', 'few values'].map((what, i): Test => ({
      rubric: 'statistics',
      skill: 'statistical-inference',
      name: `Kolmogorov–Smirnov with ${what}`,
      steps: [{ call: 'ks', args: pairs[i]! }],
      expect: ks(...pairs[i]!),
      tol: 1e-9,
    })),
    {
      rubric: 'statistics',
      skill: 'statistical-inference',
      name: 'a sample compared with itself',
      steps: [{ call: 'ks', args: [pairs[1]![0], pairs[1]![0]] }],
      expect: { d: 0, p: 1 },
      tol: 1e-9,
    },
  ];
  return [...statistics, ...calibration(random), ...streaming(random), ...triage(random, whole)];
}

function calibration(random: () => number): Test[] {
  const about = { rubric: 'calibration', skill: 'drift-detection' };
  const seed = 1 + Math.floor(random() * 1e6);
  const week = (count: number, day: (i: number) => number): Row[] =>
    Array.from({ length: count }, (_, i) => ({ day: `d${day(i)}`, orders: Math.round(100 * (gauss(random) + 2 * day(i))) / 100 }));
  const orders = { columns: { orders: { kind: 'number', bins: 6 } }, slot: 'day' };
  return [
    {
      rubric: 'calibration',
      skill: 'statistical-inference',
      name: 'without drift, alarms come in 10% of the windows, not in a quarter and not never',
      drive: async (step) => {
        const chance = fixedChance(20260711);
        let alarms = 0;
        for (let run = 0; run < 16; run++) {
          const options = { window: 120, alpha: 0.1, trials: 160, seed: 31 * run + 7 };
          const rows = people(chance, 25 * 120);
          alarms += windowsOf(await watch(step, people(chance, 480), spec, options, rows));
        }
        const share = alarms / 400;
        return share < 0.05 || share > 0.15 ? `${(100 * share).toFixed(1)}% of 400 windows raised an alarm` : null;
      },
    },
    {
      rubric: 'calibration',
      skill: 'statistical-inference',
      name: 'a reference no longer than a window is a sample too: the promise holds for one column',
      drive: async (step) => {
        const chance = fixedChance(7102026);
        const spend = { columns: { spend: spec.columns.spend } };
        let alarms = 0;
        for (let run = 0; run < 10; run++) {
          const options = { window: 120, alpha: 0.1, trials: 120, seed: 17 * run + 3 };
          alarms += windowsOf(await watch(step, people(chance, 120), spend, options, people(chance, 15 * 120)));
        }
        const share = alarms / 150;
        return share < 0.03 || share > 0.2 ? `${(100 * share).toFixed(1)}% of 150 windows raised an alarm` : null;
      },
    },
    {
      ...about,
      name: 'half a standard deviation is found in the window in which it happens, upwards',
      drive: async (step) => {
        const options = { window: 400, alpha: 0.05, trials: 100, seed };
        const found = await watch(step, people(random, 1000), spec, options, [
          ...people(random, 400),
          ...people(random, 4000, 0.5),
        ]);
        const up = found.filter((one) => one.column === 'spend' && one.direction === 'up' && one.window > 0);
        if (windowsOf(up) < 10) return `of 10 windows with the shift ${windowsOf(up)} raised an alarm upwards`;
        return windowsOf(found, 'plan') > 4 ? 'plan did not move and raised alarms all the same' : null;
      },
    },
    {
      ...about,
      name: 'a change of the mix of categories is found, and only there',
      drive: async (step) => {
        const options = { window: 400, alpha: 0.05, trials: 100, seed };
        const found = await watch(step, people(random, 1000), spec, options, people(random, 4000, 0, 0.2));
        if (windowsOf(found, 'plan') < 10) return `of 10 windows ${windowsOf(found, 'plan')} raised an alarm`;
        return windowsOf(found, 'spend') > 4 ? 'spend did not move and raised alarms all the same' : null;
      },
    },
    {
      rubric: 'calibration',
      skill: 'statistical-inference',
      name: 'fewer alarms asked for, higher thresholds; larger windows, lower ones',
      drive: async (step) => {
        const rows = people(random, 400);
        const ask = async (window: number, alpha: number) =>
          (await step({ call: 'calibrate', args: [rows, spec, { window, alpha, trials: 200, seed }] })) as Record<string, number>;
        const [base, strict, large] = [await ask(100, 0.1), await ask(100, 0.01), await ask(300, 0.1)];
        for (const name of ['spend', 'plan'])
          if (!(strict[name]! > base[name]! && base[name]! > large[name]!))
            return `${name}: ${base[name]} at 10%, ${strict[name]} at 1%, ${large[name]} with windows of 300`;
        return null;
      },
    },
    {
      ...about,
      name: 'a Monday is compared with Mondays',
      drive: async (step) => {
        const options = { window: 150, alpha: 0.05, trials: 210, seed };
        const reference = week(2100, (i) => i % 7);
        const days = week(7 * 3 * 150, (i) => Math.floor(i / 150) % 7);
        const found = await watch(step, reference, orders, options, days);
        if (windowsOf(found) > 6) return `of 21 ordinary days ${windowsOf(found)} raised an alarm`;
        const blind = await watch(step, reference, { columns: orders.columns }, options, days);
        return windowsOf(blind) < 15 ? 'without slots, days as different as these should raise alarms' : null;
      },
    },
    {
      ...about,
      name: 'a day that changes is found although other days always looked like it',
      drive: async (step) => {
        const options = { window: 150, alpha: 0.05, trials: 210, seed };
        const reference = week(2100, (i) => i % 7);
        // Every day arrives under the name of the day after.
        const late = week(7 * 150, (i) => Math.floor(i / 150) % 7).map((row, i) => ({ ...row, day: `d${(Math.floor(i / 150) + 1) % 7}` }));
        const found = await watch(step, reference, orders, options, late);
        return windowsOf(found) < 7 ? `of 7 days under a wrong name ${windowsOf(found)} raised an alarm` : null;
      },
    },
  ];
}

function streaming(random: () => number): Test[] {
  const about = { rubric: 'streaming', skill: 'drift-detection' };
  const start = async (step: Drive, state?: unknown) => {
    const reference = { $: 'ref', name: 'reference' };
    const options = { window: 250, thresholds: { spend: 0.08, plan: 0.05 } };
    await step({ new: 'Monitor', as: 'monitor', args: [reference, options, ...(state === undefined ? [] : [state])] });
  };
  const add = (step: Drive, rows: Row[]) => step({ on: 'monitor', call: 'add', args: [rows] });
  const ask = (step: Drive, what: string) => step({ on: 'monitor', call: what, args: [] });
  const invented = (count: number): Row[] => people(random, count).map((row, i) => ({ ...row, plan: `made-up-${i}` }));
  return [
    {
      ...about,
      name: 'the state stays small, whatever arrives',
      drive: async (step) => {
        await step({ call: 'fitReference', args: [people(random, 500), spec], as: 'reference' });
        await start(step);
        const size = async () => JSON.stringify(await ask(step, 'state')).length;
        await add(step, people(random, 130));
        const small = await size();
        await ask(step, 'check');
        for (let part = 0; part < 5; part++) {
          await add(step, people(random, 2530));
          await add(step, invented(2470));
          await ask(step, 'check');
        }
        await add(step, invented(240));
        const large = await size();
        if (small < 20) return 'the state is empty';
        return small > 4000 || large > small + 1000 ? `${small} characters after 130 rows, ${large} after 25,000` : null;
      },
    },
    {
      ...about,
      name: 'a monitor that is restarted goes on as if it had not been',
      drive: async (step) => {
        await step({ call: 'fitReference', args: [people(random, 500), spec], as: 'reference' });
        const rows = [...people(random, 700), ...people(random, 900, 0.7, 0.1), ...invented(3), ...people(random, 397, 0.4)];
        await start(step);
        await add(step, rows);
        const whole = await ask(step, 'check');
        if (!Array.isArray(whole) || whole.length < 4) return 'a strong drift is not found';
        await start(step);
        await add(step, rows.slice(0, 823));
        const state: unknown = JSON.parse(JSON.stringify(await ask(step, 'state')));
        await add(step, rows.slice(823, 900));
        await start(step, state);
        await add(step, rows.slice(823));
        const resumed = await ask(step, 'check');
        return JSON.stringify(resumed) === JSON.stringify(whole)
          ? null
          : `alerts in one go: ${JSON.stringify(whole)}; after a restart: ${JSON.stringify(resumed)}`;
      },
    },
    {
      ...about,
      name: 'one batch or many, the windows are the same, and alerts are given once',
      drive: async (step) => {
        await step({ call: 'fitReference', args: [people(random, 500), spec], as: 'reference' });
        const rows = people(random, 1200, 0.8);
        await start(step);
        await add(step, rows);
        const whole = (await ask(step, 'check')) as Alert[];
        if (((await ask(step, 'check')) as Alert[]).length > 0) return 'the second check repeats the alerts of the first';
        await start(step);
        for (let at = 0; at < rows.length; at += 77) await add(step, rows.slice(at, at + 77));
        const parts = (await ask(step, 'check')) as Alert[];
        return JSON.stringify(parts) === JSON.stringify(whole) && windowsOf(whole, 'spend') === 4
          ? null
          : `${windowsOf(whole, 'spend')} windows in one batch, ${windowsOf(parts, 'spend')} in many; 4 of them moved`;
      },
    },
  ];
}

function triage(random: () => number, whole: (low: number, high: number) => number): Test[] {
  const about = { rubric: 'triage', skill: 'training-serving-skew' };
  const shift = (column: string, times: number, direction: string | null, window = 0) => ({
    window,
    column,
    kind: 'shift',
    psi: 0.1 * times,
    threshold: 0.1,
    direction,
  });
  const few = whole(2, 6);
  const alerts = [
    shift('tax', 1.2, 'down'),
    shift('age', 5, 'up'),
    shift('age', 1.1, 'up', 1),
    { window: 1, column: 'plan', kind: 'unseen', values: ['PRO'], share: 0.02 },
    shift('city', 1.9, null, 2),
    shift('rent', 2, 'down', 2),
  ];
  return [
    {
      ...about,
      name: 'one note a column, what needs an act first, the furthest over its threshold first',
      steps: [{ call: 'triage', args: [alerts] }],
      check: ([notes]) => {
        const got = (notes as Note[]).map((note) => `${note.column}:${note.severity}`).join(' ');
        const want = 'age:act rent:act plan:act city:watch tax:watch';
        if (got !== want) return `the order is ${got}, not ${want}`;
        const says = (at: number, word: string) => (notes as Note[])[at]!.text.includes(word);
        if ((notes as Note[]).some((note) => !note.text.includes(note.column))) return 'a text does not name its column';
        return says(0, 'up') && says(1, 'down') && says(2, 'PRO')
          ? null
          : 'a text leaves out the direction, or the value that was never seen';
      },
    },
    { ...about, name: 'nothing to say about nothing', steps: [{ call: 'triage', args: [[]] }], expect: [] },
    {
      ...about,
      name: 'values never seen are counted, named and do not crash',
      drive: async (step) => {
        await step({ call: 'fitReference', args: [people(random, 400), spec], as: 'reference' });
        await step({ new: 'Monitor', as: 'monitor', args: [{ $: 'ref', name: 'reference' }, { window: 200, thresholds: { spend: 9, plan: 9 } }] });
        const rows = people(random, 200).map((row, i) => (i % 20 < few ? { ...row, plan: i % 2 ? 'PRO' : 'trial' } : row));
        await step({ on: 'monitor', call: 'add', args: [rows] });
        const found = (await step({ on: 'monitor', call: 'check', args: [] })) as Alert[];
        const [alert] = found;
        if (found.length !== 1 || alert?.kind !== 'unseen' || alert.column !== 'plan') return `found ${JSON.stringify(found)}`;
        if ([...alert.values].sort().join() !== 'PRO,trial') return `the values are named as ${alert.values.join()}`;
        return Math.abs(alert.share - few / 20) < 1e-9 ? null : `the share is ${alert.share}, not ${few / 20}`;
      },
    },
    {
      ...about,
      name: 'a column that goes missing is a shift',
      drive: async (step) => {
        const options = { window: 300, alpha: 0.05, trials: 100, seed: 5 };
        const rows = people(random, 900).map((row, i) => (i % 5 === 0 ? { plan: row['plan'] } : i % 5 === 1 ? { ...row, spend: null } : row));
        const found = await watch(step, people(random, 1500), spec, options, rows as Row[]);
        return windowsOf(found, 'spend') === 3 ? null : `of 3 windows with missing values ${windowsOf(found, 'spend')} raised an alarm`;
      },
    },
    {
      ...about,
      name: 'a slot that the reference does not know is compared with all of it',
      drive: async (step) => {
        const rows = (count: number, day: () => string): Row[] => people(random, count).map((row) => ({ ...row, day: day() }));
        const given = { ...spec, slot: 'day' };
        const options = { window: 300, alpha: 0.02, trials: 100, seed: 5 };
        const found = await watch(step, rows(1500, () => `d${whole(0, 2)}`), given, options, rows(900, () => 'holiday'));
        const moved = await watch(step, rows(1500, () => 'd1'), given, options, rows(300, () => 'holiday').map((row) => ({ ...row, spend: 9 })));
        if (moved.length === 0) return 'a drift under an unknown slot is not found';
        return found.length < 3 ? null : `raised ${found.length} alerts in 3 windows`;
      },
    },
  ];
}
