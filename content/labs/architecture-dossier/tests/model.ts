import type { Capacity, Failure, Goal, GoalName, Price, Replicas, System } from '../solution/types.ts';

/** The grader's own model of a system: the same definitions as in the instructions, in other arithmetic. */

const logFactorials = [0];
const logFactorial = (n: number): number => {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1]! + Math.log(k));
  return logFactorials[n]!;
};

/** Mean wait in M/M/c in ms, null where it grows without end: the definition, term by term, in logarithms. */
function waitMs(servers: number, perSecond: number, serviceMs: number): number | null {
  const offered = (perSecond * serviceMs) / 1000;
  if (servers === 0 || offered >= servers) return null;
  if (offered === 0) return 0;
  const term = (k: number) => k * Math.log(offered) - logFactorial(k);
  const top = term(Math.min(servers, Math.floor(offered)));
  let below = 0;
  for (let k = 0; k < servers; k++) below += Math.exp(term(k) - top);
  const all = (Math.exp(term(servers) - top) * servers) / (servers - offered);
  return ((all / (below + all)) * serviceMs) / (servers - offered);
}

const spread = (count: number, zones: number) =>
  Array.from({ length: zones }, (_, zone) => Math.floor((count + zones - 1 - zone) / zones));

const atLeast = (wanted: number, count: number, up: number): number => {
  let sum = 0;
  for (let k = wanted; k <= count; k++)
    sum +=
      up === 1
        ? Number(k === count)
        : Math.exp(logFactorial(count) - logFactorial(k) - logFactorial(count - k) + k * Math.log(up) + (count - k) * Math.log(1 - up));
  return sum;
};

export const rateOf = (system: System, id: string, factor: number, standby: boolean) =>
  system.flows.reduce(
    (sum, flow) =>
      sum +
      flow.visits.reduce(
        (own, visit) => own + (visit.component === id || (standby && visit.fallback === id) ? visit.times : 0),
        0,
      ) *
        flow.perSecond *
        factor,
    0,
  );

/** One hour of a system: what is asked of it can be tried for many numbers of replicas at little cost. */
export function createHour(system: System, factor: number) {
  const known = new Map<string, { loads: ReturnType<typeof loadOf>[]; works: number[] }>();
  const loadOf = (id: string, count: number) => {
    const component = system.components.find((one) => one.id === id)!;
    const perSecond = rateOf(system, id, factor, false);
    const servers = count * component.slots;
    return {
      perSecond,
      utilisation: servers === 0 ? null : (perSecond * component.serviceMs) / 1000 / servers,
      waitMs: waitMs(servers, perSecond, component.serviceMs),
      responseMs: component.serviceMs,
    };
  };
  /** Chance that a component works, for each set of zones that are up. */
  const worksOf = (id: string, count: number) => {
    const { serviceMs, slots, replicaUp } = system.components.find((one) => one.id === id)!;
    const offered = (rateOf(system, id, factor, true) * serviceMs) / 1000;
    let needed = 1;
    while (needed * slots <= offered) needed++;
    const inZone = spread(count, system.zones);
    return Array.from({ length: 2 ** system.zones }, (_, state) =>
      atLeast(
        needed,
        inZone.reduce((sum, n, zone) => sum + ((state >> zone) & 1 ? n : 0), 0),
        replicaUp,
      ),
    );
  };
  const at = (id: string, count: number) => {
    const key = `${id} ${count}`;
    const left = count - Math.max(0, ...spread(count, system.zones));
    if (!known.has(key)) known.set(key, { loads: [loadOf(id, count), loadOf(id, left)], works: worksOf(id, count) });
    return known.get(key)!;
  };
  const predict = (replicas: Replicas, lost: number) => ({
    components: Object.fromEntries(
      system.components.map(({ id }) => {
        const { perSecond, utilisation, waitMs } = at(id, replicas[id] ?? 0).loads[lost]!;
        return [id, { perSecond, utilisation, waitMs }];
      }),
    ),
    flows: Object.fromEntries(
      system.flows.map((flow) => {
        const parts = flow.visits.map(({ component, times }) => {
          const { waitMs, responseMs } = at(component, replicas[component] ?? 0).loads[lost]!;
          return waitMs === null ? null : times * (waitMs + responseMs);
        });
        const meanMs = parts.some((part) => part === null) ? null : parts.reduce<number>((a, b) => a + b!, 0);
        return [flow.id, { meanMs, inSystem: meanMs === null ? null : (flow.perSecond * factor * meanMs) / 1000 }];
      }),
    ),
  });
  const availability = (replicas: Replicas): Record<string, number> =>
    Object.fromEntries(
      system.flows.map((flow) => {
        let share = 0;
        for (let state = 0; state < 2 ** system.zones; state++) {
          const up = Array.from({ length: system.zones }, (_, zone) => (state >> zone) & 1);
          let chance = up.reduce((all, one) => all * (one ? system.zoneUp : 1 - system.zoneUp), 1);
          for (const { component, fallback } of flow.visits) {
            const works = at(component, replicas[component] ?? 0).works[state]!;
            const instead = fallback === undefined ? 0 : at(fallback, replicas[fallback] ?? 0).works[state]!;
            chance *= works + (1 - works) * instead;
          }
          share += chance;
        }
        return [flow.id, share];
      }),
    );
  /** Every goal with what becomes of it. */
  const outcomes = (goals: Goal[], replicas: Replicas) => {
    const [usual, worst, up] = [predict(replicas, 0).flows, predict(replicas, 1).flows, availability(replicas)];
    return goals.flatMap(({ flow, meanMs, zoneLossMs, availability: share }) => {
      const within = (goal: GoalName, target: number, got: number | null) => ({
        flow,
        goal,
        target,
        got,
        kept: got !== null && (goal === 'availability' ? got >= target - 1e-12 : got <= target * (1 + 1e-12)),
      });
      return [
        within('meanMs', meanMs, usual[flow]!.meanMs),
        ...(zoneLossMs === null ? [] : [within('zoneLossMs', zoneLossMs, worst[flow]!.meanMs)]),
        within('availability', share, up[flow]!),
      ];
    });
  };
  const keeps = (goals: Goal[], replicas: Replicas) => outcomes(goals, replicas).every(({ kept }) => kept);
  return { predict, availability, outcomes, keeps };
}

const quotas = (system: System): Replicas => Object.fromEntries(system.components.map(({ id, quota }) => [id, quota]));
export const perHour = (system: System, replicas: Replicas) =>
  system.components.reduce((sum, { id, pricePerHour }) => sum + (replicas[id] ?? 0) * pricePerHour, 0);

/** The cheapest replicas, at least one of each, that keep every goal, by trying all that could be; null where there are none. */
export function cheapest(system: System, goals: Goal[], factor: number): Replicas | null {
  const hour = createHour(system, factor);
  const most = quotas(system);
  if (!hour.keeps(goals, most)) return null;
  // No component can do with fewer than it needs beside as much as can be had of all the others.
  const least = { ...most };
  for (const { id } of system.components)
    while (least[id]! > 1 && hour.keeps(goals, { ...most, [id]: least[id]! - 1 })) least[id]!--;
  const order = [...system.components].sort((a, b) => b.pricePerHour - a.pricePerHour);
  let best = most;
  const search = (at: number, chosen: Replicas) => {
    if (perHour(system, chosen) >= perHour(system, best) - 1e-9) return;
    if (at === order.length) {
      if (hour.keeps(goals, chosen)) best = chosen;
      return;
    }
    const { id, quota } = order[at]!;
    const rest = Object.fromEntries(order.slice(at + 1).map((one) => [one.id, one.quota]));
    for (let count = least[id]!; count <= quota; count++) {
      const next = { ...chosen, [id]: count };
      if (perHour(system, next) >= perHour(system, best) - 1e-9) return;
      if (hour.keeps(goals, { ...next, ...rest })) search(at + 1, next);
    }
  };
  search(0, least);
  return best;
}

export function failures(system: System, goals: Goal[], profile: number[]): Failure[] {
  return profile.flatMap((factor, hour) =>
    createHour(system, factor)
      .outcomes(goals, quotas(system))
      .filter(({ kept }) => !kept)
      .map(({ flow, goal }) => ({ flow, hour, goal })),
  );
}

export function price(system: System, { hours, committed }: Capacity, profile: number[]): Price {
  const day = hours.map((hour) =>
    system.components.reduce((sum, one) => {
      const [runs, paid] = [hour[one.id] ?? 0, committed[one.id] ?? 0];
      return sum + paid * one.committedPerHour + (runs > paid ? (runs - paid) * one.pricePerHour : 0);
    }, 0),
  );
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const requests = mean(profile) * system.flows.reduce((sum, flow) => sum + flow.perSecond, 0) * 3600;
  return {
    perMonth: mean(day) * 730,
    perMillion: (mean(day) / requests) * 1e6,
    peakReplicas: Math.max(...hours.map((hour) => Object.values(hour).reduce((a, b) => a + b, 0))),
  };
}

/** The cheapest commitment for given hours, by trying every number. */
export function bestCommitment(system: System, hours: Replicas[]): Replicas {
  return Object.fromEntries(
    system.components.map((one) => {
      const cost = (paid: number) =>
        hours.reduce((sum, hour) => sum + paid * one.committedPerHour + Math.max(0, hour[one.id]! - paid) * one.pricePerHour, 0);
      let best = 0;
      for (let paid = 1; paid <= Math.max(...hours.map((hour) => hour[one.id]!)); paid++)
        if (cost(paid) < cost(best) - 1e-9) best = paid;
      return [one.id, best];
    }),
  );
}
