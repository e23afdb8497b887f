import type { Offer, Operation, Request, Start, Stats, Test } from './scripts.ts';
import { base, createScripts, grows, inWindows, never, offer, options, played, replay, shares } from './scripts.ts';
import { settlement } from './settlement.ts';

/** Says what a limiter did wrong from what its operations returned, without a limiter to compare with. */
export function tests(random: () => number): Test[] {
  const { whole, costs, flood, poll } = createScripts(random);

  const budget = (): Test[] => {
    // Quiet, then a flood: what a limiter has saved up, and what it gives at the edge of a window, shows here.
    const bursty: Operation[] = [];
    for (let now = 0; now < 12_000; now += whole(900, 2200))
      bursty.push(...flood(random() < 0.5 ? 'a' : 'b', 40, 60, now), ...poll(now, now + 800, 5));
    const jumps: Operation[] = flood('a', 60, 100);
    let late = 0;
    for (let i = 0; i < 400; i++) {
      const now = random() < 0.3 ? Math.max(0, late - whole(1, 5000)) : (late += whole(0, 20));
      jumps.push(['next', now]);
    }
    const edge = [...flood('a', 300, 90), ...poll(0, 6000, 1, 3)];
    return [
      played(
        'no window holds more than burst + rate × t',
        'budget',
        'overload-control',
        options({ a: 1, b: 1 }),
        bursty,
        (list) =>
          list.length < 50 ? 'almost nothing was started' : inWindows(list, base.burst, base.rate),
      ),
      played(
        'a waiting queue uses the whole budget',
        'budget',
        'overload-control',
        options({ a: 1 }),
        edge,
        (list) => {
          const used = list.reduce((sum, start) => sum + start.request.cost, 0);
          const least = base.burst + base.rate * 5.999 - 900;
          return used < least
            ? `${used} tokens were used in 6 s, at least ${least} could have been`
            : inWindows(list, base.burst, base.rate);
        },
      ),
      played(
        'a clock that goes back gives nothing away',
        'budget',
        'overload-control',
        options({ a: 1 }),
        jumps,
        (list) => {
          const used = list.reduce((sum, start) => sum + start.request.cost, 0);
          const most = base.burst + (base.rate * late) / 1000;
          if (used > most + 1e-6) return `${used} tokens were used; until ${late} ms there were ${most}`;
          return used < Math.min(most - 1800, 3000) ? `only ${used} tokens were used of ${most}` : null;
        },
      ),
      {
        name: 'the bucket refills to its rim and no further',
        rubric: 'budget',
        skill: 'overload-control',
        steps: replay(options({ a: 1 }), [
          offer({ id: 'x', tenant: 'a', cost: 800, deadline: never }, 1000),
          ['next', 1000],
          ['stats', 1100],
          ['stats', 900],
          ['stats', 1250],
          ['stats', 90_000],
        ]),
        check: ([results]) => {
          const tokens = (results as Stats[]).slice(2).map((stats) => stats.tokens);
          return [400, 400, 700, 1000].every((value, i) => Math.abs(tokens[i]! - value) < 1e-6)
            ? null
            : `tokens at 1100, 900, 1250 and 90000 ms are ${tokens.join(', ')}, not 400, 400, 700, 1000`;
        },
      },
    ];
  };

  const fairness = (): Test[] => {
    const weights = { a: 1, b: 2, c: 5 };
    const saturated = [...flood('a', 900, 20), ...flood('b', 400, 80), ...flood('c', 400, 150)];
    const returning = [
      ...flood('a', 800, 60),
      ...flood('b', 800, 60),
      ...poll(0, 30_000),
      ...flood('c', 700, 60, 30_000),
      ...poll(30_000, 45_000),
    ];
    const newcomer: Operation[] = [
      ...flood('hog', 3000, 40),
      ...poll(0, 5000),
      offer({ id: 'polite', tenant: 'small', cost: 30, deadline: never }, 5000),
      ...poll(5000, 6000),
    ];
    const lag = (list: Start[]) => {
      const got: Record<string, number> = { a: 0, b: 0, c: 0 };
      for (const { request } of list) {
        got[request.tenant]! += request.cost;
        for (const [t, w] of Object.entries(weights))
          for (const [u, v] of Object.entries(weights)) {
            const apart = got[t]! / w - got[u]! / v;
            if (apart > base.quantum + 900 / w + 900 / v)
              return `${t} is ${Math.round(apart)} tokens per unit of weight ahead of ${u}`;
          }
      }
      return list.length < 100 ? 'almost nothing was started' : null;
    };
    return [
      played(
        'shares of tokens follow the weights',
        'fairness',
        'overload-control',
        options(weights),
        [...saturated, ...poll(0, 12_000)],
        (list) => shares(list, 0, 12_000, weights),
      ),
      played(
        'polling more often changes no share',
        'fairness',
        'overload-control',
        options(weights),
        [...saturated, ...poll(0, 12_000, 3, 3)],
        (list) => shares(list, 0, 12_000, weights),
      ),
      played(
        'nobody runs far ahead, even for a moment',
        'fairness',
        'overload-control',
        options(weights),
        [...saturated, ...poll(0, 8000)],
        lag,
      ),
      played(
        'the share of an idle tenant goes to the others',
        'fairness',
        'overload-control',
        options(weights),
        [...flood('a', 900, 40), ...flood('b', 900, 40), ...poll(0, 12_000)],
        (list) => shares(list, 0, 12_000, { a: 1, b: 2 }),
      ),
      played(
        'a tenant that was idle has saved nothing up',
        'fairness',
        'overload-control',
        options({ a: 1, b: 1, c: 2 }),
        returning,
        (list) =>
          shares(list, 30_000, 35_000, { a: 1, b: 1, c: 2 }) ??
          shares(list, 30_000, 45_000, { a: 1, b: 1, c: 2 }),
      ),
      played(
        'a small tenant does not wait behind a large one',
        'fairness',
        'overload-control',
        options({ hog: 1, small: 1 }),
        newcomer,
        (list) => {
          const start = list.find(({ request }) => request.id === 'polite');
          return !start || start.at > 5600
            ? `its request of 30 tokens started ${start ? `after ${start.at - 5000} ms` : 'not within a second'}`
            : null;
        },
      ),
    ];
  };

  /** The wait that the instructions define, from what waits at the moment of the offer. */
  const estimate = (
    waiting: Request[],
    request: Request,
    weights: Record<string, number>,
    tokens: number,
    rate: number,
  ) => {
    const active = new Set([...waiting.map((one) => one.tenant), request.tenant]);
    let weight = 0;
    for (const tenant of active) weight += weights[tenant]!;
    const share = weights[request.tenant]! / weight;
    const mine = waiting.filter((one) => one.tenant === request.tenant).reduce((sum, one) => sum + one.cost, 0);
    return Math.max(0, ((mine + request.cost - share * tokens) / (share * rate)) * 1000);
  };

  const shedding = (): Test[] => {
    const weights = { a: 3, b: 1, c: 2 };
    const names = Object.keys(weights);
    const probes: Operation[] = [];
    const expected: (number | null)[] = [];
    const waiting: Request[] = [];
    for (let i = 0; i < 400; i++) {
      const request = { id: `p${i}`, tenant: names[whole(0, 2)]!, cost: costs(40), deadline: 0 };
      const wait = estimate(waiting, request, weights, base.burst, base.rate);
      const slack = (random() < 0.5 ? 1 : -1) * whole(5, 400);
      request.deadline = Math.ceil(wait) + slack;
      if (slack > 0) waiting.push(request);
      expected.push(slack > 0 ? null : -slack);
      probes.push(offer(request, 0));
    }
    const load: Operation[] = [];
    for (let now = 0, n = 0; now < 20_000; now += 5) {
      for (const tenant of names)
        if (random() < 0.25)
          load.push(offer({ id: `q${n++}`, tenant, cost: costs(40), deadline: now + whole(100, 600) }, now));
      load.push(['next', now], ['next', now]);
    }
    const bounded = Array.from({ length: 30 }, (_, i) =>
      offer({ id: `w${i}`, tenant: i % 3 === 0 ? 'b' : 'a', cost: 10, deadline: never }, 0),
    );
    return [
      {
        name: 'the wait is estimated from backlog, share and rate',
        rubric: 'shedding',
        skill: 'littles-law',
        steps: replay(options(weights), probes),
        check: ([results]) => {
          for (const [i, late] of expected.entries()) {
            const got = (results as Offer[])[i];
            if (got?.ok !== (late === null))
              return `offer ${i} was ${got?.ok ? 'taken' : 'refused'}; it would start ${late === null ? 'in time' : `${late} ms late`}`;
            if (late !== null && (got.reason !== 'deadline' || Math.abs((got.retryAfterMs ?? NaN) - late) > 1.5))
              return `offer ${i} says ${got.reason} and ${got.retryAfterMs} ms; it is ${late} ms late`;
          }
          return null;
        },
      },
      played(
        'at three times the load, what is started is in time and the budget is used',
        'shedding',
        'littles-law',
        options(weights),
        load,
        (list, results) => {
          const late = list.find(({ request, at }) => at > request.deadline);
          if (late)
            return `${late.request.id} was started at ${late.at} ms, its deadline was ${late.request.deadline}`;
          const used = list.reduce((sum, { request }) => sum + request.cost, 0);
          if (used < 0.9 * 20 * base.rate) return `only ${used} of ${20 * base.rate} tokens did useful work`;
          const taken = load.filter((one, i) => one[0] === 'offer' && (results[i] as Offer).ok).length;
          return list.length < 0.85 * taken
            ? `of ${taken} requests that were taken only ${list.length} were started; the others should have been refused`
            : null;
        },
      ),
      {
        name: 'a full queue pushes back',
        rubric: 'shedding',
        skill: 'async-backpressure',
        steps: replay(options(weights, { maxWaiting: 5 }), [...bounded, ['next', 0], ...bounded.slice(0, 1)]),
        check: ([results]) => {
          const answers = (results as Offer[]).map((result, i) =>
            i === 30 ? 'next' : result.ok ? 'ok' : result.reason,
          );
          const seen = { a: 0, b: 0 };
          for (let i = 0; i < 30; i++) {
            const tenant = i % 3 === 0 ? 'b' : 'a';
            const want = seen[tenant]++ < 5 ? 'ok' : 'queue-full';
            if (answers[i] !== want) return `offer ${i} of tenant ${tenant} gives ${answers[i]}, not ${want}`;
          }
          return null;
        },
      },
      played(
        'what has expired in the queue is dropped, counted and never started',
        'shedding',
        'async-backpressure',
        options({ a: 1, b: 1 }),
        [
          ...Array.from({ length: 40 }, (_, i) =>
            offer({ id: `e${i}`, tenant: i % 2 ? 'a' : 'b', cost: 10, deadline: i < 30 ? 500 : never }, 0),
          ),
          ['next', 100],
          ['next', 100],
          ...poll(501, 540, 1, 2),
          ['stats', 600],
        ],
        (list, results) => {
          const stats = results[results.length - 1] as Stats;
          if (list.some(({ request, at }) => at > request.deadline)) return 'an expired request was started';
          if (list.length !== 12) return `${list.length} requests were started, not 2 in time and 10 without haste`;
          return stats.expired === 28 ? null : `stats counts ${stats.expired} expired requests, not 28`;
        },
      ),
    ];
  };

  const growth = (): Test => ({
    name: 'an operation costs the same whether ten or ten thousand requests wait',
    rubric: 'budget',
    skill: 'overload-control',
    drive: (step) =>
      grows(step, 20, (times) => {
        const [replayed] = replay(options({ a: 1, b: 3 }), [
          ...flood('a', 500 * times, 20),
          ...flood('b', 10 * times, 20),
          ...poll(0, 20 * times, 1, 2),
        ]);
        return replayed!;
      }),
  });

  return [...budget(), ...fairness(), ...shedding(), ...settlement(costs), growth()];
}
