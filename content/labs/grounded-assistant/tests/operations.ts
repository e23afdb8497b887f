import type { Answer, Capacity, Case, Policy, Report, Server, Traffic } from '../solution/solution.ts';
import type { Test } from './kinds.ts';
import type { Insurer } from './world.ts';

/** Evaluation, the gate, and the plan for capacity and cost. */
export function operations(insurer: Insurer, random: () => number): Test[] {
  return [...evaluations(insurer, random), ...capacity(insurer, random)];
}

const answer = (text: string | null, unsupported = 0): Answer => ({
  answer: text,
  abstained: text === null,
  cached: false,
  claims: text === null ? [] : [{ text, evidence: [{ doc: 'd', version: 1, sentence: text }] }, ...Array.from({ length: unsupported }, () => ({ text: 'so it is', evidence: [] }))],
});

function evaluations({ pick, whole }: Insurer, random: () => number): Test[] {
  const suite = (size: number) =>
    Array.from({ length: size }, (_, at): { given: Case; answer: Answer | undefined; good: boolean; unsupported: number } => {
      const expected = random() < 0.3 ? null : String(whole(100, 999));
      const unsupported = random() < 0.05 ? 1 : 0;
      const kind = pick(['right', 'right', 'right', 'wrong', 'inside', 'none', 'missing'] as const);
      const texts = { right: `It is ${expected ?? '12'} EUR.`, wrong: 'It is 5 EUR.', inside: `It is 7${expected ?? '7'}0 EUR.`, none: null, missing: null };
      const given: Case = { id: `c${String(at).padStart(3, '0')}`, slice: pick(['de', 'fr', 'hail', 'rare']), expected, critical: random() < 0.1 };
      const good = kind !== 'missing' && (expected === null ? texts[kind] === null : kind === 'right');
      return { given, answer: kind === 'missing' ? undefined : answer(texts[kind], unsupported), good, unsupported: kind === 'missing' || texts[kind] === null ? 0 : unsupported };
    });
  const suites = [suite(60), suite(7), suite(200)];
  const reportOf = (list: ReturnType<typeof suite>): Report => {
    const open = list.filter(({ given }) => given.expected !== null);
    const closed = list.filter(({ given }) => given.expected === null);
    return {
      answerable: { n: open.length, answered: open.filter((one) => one.answer && !one.answer.abstained).length, right: open.filter(({ good }) => good).length },
      unanswerable: { n: closed.length, abstained: closed.filter(({ good }) => good).length },
      slices: Object.fromEntries(
        [...new Set(list.map(({ given }) => given.slice))].map((slice) => {
          const own = list.filter(({ given }) => given.slice === slice);
          return [slice, { n: own.length, good: own.filter(({ good }) => good).length }];
        }),
      ),
      unsupported: list.reduce((sum, one) => sum + one.unsupported, 0),
      failed: list.filter(({ given, good }) => given.critical && !good).map(({ given }) => given.id),
    };
  };
  const policy: Policy = { minRight: 0.85, minAbstained: 0.9, minSlice: 20, sliceMargin: 0.05 };
  const sound: Report = {
    answerable: { n: 100, answered: 95, right: 92 },
    unanswerable: { n: 50, abstained: 48 },
    slices: { de: { n: 60, good: 57 }, fr: { n: 40, good: 36 }, hail: { n: 40, good: 38 }, rare: { n: 10, good: 9 } },
    unsupported: 0,
    failed: [],
  };
  const gates: [string, Partial<Report>, string[]][] = [
    ['nothing has changed', {}, []],
    ['a little noise', { answerable: { n: 100, answered: 93, right: 90 }, slices: { ...sound.slices, de: { n: 60, good: 55 } } }, []],
    ['one slice is worse, all together are better', { answerable: { n: 100, answered: 98, right: 96 }, slices: { ...sound.slices, fr: { n: 40, good: 31 } } }, ['slice fr']],
    ['a small slice is worse', { slices: { ...sound.slices, rare: { n: 10, good: 4 } } }, []],
    ['a slice is no longer measured', { slices: { de: sound.slices['de']!, fr: sound.slices['fr']! } }, ['slice hail']],
    ['a critical case fails', { failed: ['c007'] }, ['critical']],
    ['a claim without evidence', { unsupported: 1 }, ['unsupported']],
    ['it answers everything', { answerable: { n: 100, answered: 100, right: 95 }, unanswerable: { n: 50, abstained: 30 } }, ['abstained']],
    ['it answers nothing', { answerable: { n: 100, answered: 10, right: 10 }, unanswerable: { n: 50, abstained: 50 } }, ['right']],
    ['just enough', { answerable: { n: 100, answered: 90, right: 85 }, unanswerable: { n: 50, abstained: 45 } }, []],
    ['everything at once', { answerable: { n: 100, answered: 100, right: 20 }, unanswerable: { n: 50, abstained: 0 }, unsupported: 9, failed: ['a', 'b'], slices: {} }, ['abstained', 'critical', 'right', 'slice de', 'slice fr', 'slice hail', 'unsupported']],
  ];
  return [
    {
      name: 'a report counts what is missing as failed, and whole values only',
      rubric: 'evaluation',
      skill: 'eval-design',
      steps: suites.map((list) => ({ call: 'evaluate', args: [list.map(({ given }) => given), Object.fromEntries(list.flatMap((one) => (one.answer ? [[one.given.id, one.answer]] : [])))] })),
      check: (results) => {
        for (const [at, list] of suites.entries()) {
          const want = reportOf(list);
          const got = results[at] as Report;
          for (const key of ['answerable', 'unanswerable', 'unsupported', 'failed'] as const)
            if (flat(got[key]) !== flat(want[key])) return `${key} is ${flat(want[key])}, not ${flat(got[key])}`;
          if (flat(got.slices) !== flat(want.slices)) return `the slices are ${flat(want.slices)}, not ${flat(got.slices)}`;
        }
        return null;
      },
    },
    {
      name: 'the gate stops planted regressions and lets noise pass',
      rubric: 'evaluation',
      skill: 'regression-gates',
      steps: gates.map(([, change]) => ({ call: 'gate', args: [sound, { ...sound, ...change }, policy] })),
      check: (results) => {
        for (const [at, [what, , reasons]] of gates.entries()) {
          const got = results[at] as { pass: boolean; reasons: string[] };
          if (got.pass !== (reasons.length === 0) || [...got.reasons].sort().join() !== reasons.join()) return `${what}: the reasons are “${reasons.join()}”, not “${got.reasons.join()}”`;
        }
        return null;
      },
    },
  ];
}

/** JSON with sorted keys. */
function flat(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) => (held !== null && typeof held === 'object' && !Array.isArray(held) ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1))) : held));
}

function capacity({ whole, pick }: Insurer, random: () => number): Test[] {
  const given = () => {
    const peak = whole(60, 900);
    const traffic: Traffic = {
      perMinute: Array.from({ length: 48 }, (_, at) => Math.round(peak * (0.2 + 0.8 * Math.sin((Math.PI * at) / 47)) * (0.9 + 0.1 * random()))),
      tokensIn: whole(800, 6000),
      tokensOut: whole(100, 600),
      cached: pick([0, 0.2, 0.35]),
    };
    const server: Server = { slots: pick([4, 8, 16]), prefillPerSecond: whole(4000, 9000), decodePerSecond: whole(30, 70), pricePerHour: whole(2, 12), utilisation: pick([0.6, 0.7, 0.8]), zones: pick([2, 3]), maxReplicas: 1000 };
    return { traffic, server };
  };
  const cases = Array.from({ length: 10 }, given);
  cases[3]!.server.maxReplicas = 1;
  cases[7]!.server.maxReplicas = 2;
  cases[8]!.traffic.perMinute = [1, 0, 0, 1];
  const secondsOf = ({ tokensIn, tokensOut }: Traffic, { prefillPerSecond, decodePerSecond }: Server) => tokensIn / prefillPerSecond + tokensOut / decodePerSecond;
  const leastOf = ({ traffic, server }: (typeof cases)[number]) => {
    const needed = Math.max(...traffic.perMinute.map((n) => (n * (1 - traffic.cached) * secondsOf(traffic, server)) / 60));
    for (let replicas = 1; replicas <= server.maxReplicas; replicas++) {
      const zones = Array.from({ length: server.zones }, (_, zone) => Math.floor((replicas + zone) / server.zones));
      if ((replicas - Math.max(...zones)) * server.slots * server.utilisation >= needed) return { replicas, needed };
    }
    return { replicas: null, needed };
  };
  const about = { rubric: 'capacity', skill: 'capacity-planning' };
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
  const traces = Array.from({ length: 3 }, given);
  return [
    {
      ...about,
      skill: 'unit-economics',
      name: 'replicas, cost a month and cost of an answer',
      steps: cases.map(({ traffic, server }) => ({ call: 'plan', args: [traffic, server] })),
      check: (results) => {
        for (const [at, one] of cases.entries()) {
          const got = results[at] as Capacity;
          const { replicas, needed } = leastOf(one);
          if (replicas === null) {
            if (got.feasible || !near(got.needed, needed)) return `${one.server.maxReplicas} replicas are not enough, for ${needed.toFixed(2)} slots are needed; the plan says ${JSON.stringify(got)}`;
            continue;
          }
          if (!got.feasible || got.replicas !== replicas) return `${replicas} replicas are needed for ${needed.toFixed(2)} busy slots with a zone gone; the plan says ${JSON.stringify(got)}`;
          const perMonth = replicas * one.server.pricePerHour * 730;
          const answers = (one.traffic.perMinute.reduce((a, b) => a + b, 0) / one.traffic.perMinute.length) * 43_800;
          if (!near(got.perMonth, perMonth) || !near(got.perAnswer, perMonth / answers)) return `a month costs ${perMonth} and an answer ${perMonth / answers}; the plan says ${got.perMonth} and ${got.perAnswer}`;
          if (!near(got.busy, needed / (replicas * one.server.slots))) return `at the peak ${needed / (replicas * one.server.slots)} of the slots are busy, not ${got.busy}`;
        }
        return null;
      },
    },
    {
      ...about,
      name: 'a day is played with a zone gone, and nobody waits for long',
      steps: traces.map(({ traffic, server }) => ({ call: 'plan', args: [traffic, server] })),
      check: (results) => {
        for (const [at, { traffic, server }] of traces.entries()) {
          const got = results[at] as Capacity;
          if (!got.feasible) return 'the plan says that it cannot be done';
          const slots = (got.replicas - Math.ceil(got.replicas / server.zones)) * server.slots;
          const waited = playTrace(traffic, secondsOf(traffic, server), slots, random);
          // A slot is free again after one answer; who waits for longer than that waits for a queue.
          if (waited > 1.5 * secondsOf(traffic, server)) return `with a zone gone one in a hundred waits ${waited.toFixed(1)} s for a slot`;
          if (got.replicas > leastOf({ traffic, server }).replicas! + 1) return `${got.replicas} replicas are more than it takes`;
        }
        return null;
      },
    },
  ];
}

/** Plays ten minutes around the peak, request by request; the wait that one in a hundred exceeds, in seconds. */
function playTrace({ perMinute, cached }: Traffic, seconds: number, slots: number, random: () => number): number {
  const peak = perMinute.indexOf(Math.max(...perMinute));
  const free = Array.from({ length: slots }, () => 0);
  const waits: number[] = [];
  for (let minute = 0; minute < 10; minute++) {
    const rate = perMinute[Math.min(perMinute.length - 1, Math.max(0, peak - 5 + minute))]!;
    const arrivals = Array.from({ length: rate }, () => 60 * (minute + random())).sort((a, b) => a - b);
    for (const arrival of arrivals) {
      if (random() < cached) continue;
      let first = 0;
      for (let slot = 1; slot < slots; slot++) if (free[slot]! < free[first]!) first = slot;
      const start = Math.max(arrival, free[first]!);
      waits.push(start - arrival);
      // Long and short answers.
      free[first] = start + seconds * (0.5 + random());
    }
  }
  waits.sort((a, b) => a - b);
  return waits[Math.floor(0.99 * waits.length)] ?? 0;
}
