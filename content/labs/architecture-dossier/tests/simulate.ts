import type { Replicas, System } from '../solution/types.ts';

/**
 * Plays a system request by request: arrivals at random, one queue for each component, exponential service. Mean time in
 * the system for each flow in ms, after a tenth of the requests has warmed it up.
 */
export function simulate(system: System, replicas: Replicas, factor: number, requests: number, random: () => number) {
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  type Request = { flow: number; born: number; visits: string[]; at: number };
  type Event = { time: number; request: Request; leaves: string | null };
  const heap: Event[] = [];
  const push = (event: Event) => {
    let at = heap.push(event) - 1;
    while (at > 0 && heap[(at - 1) >> 1]!.time > event.time) {
      heap[at] = heap[(at - 1) >> 1]!;
      at = (at - 1) >> 1;
    }
    heap[at] = event;
  };
  const pop = (): Event | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.time < heap[child]!.time) child++;
      if (heap[child]!.time >= last.time) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  };
  const stations = new Map(
    system.components.map((one) => [
      one.id,
      { free: (replicas[one.id] ?? 0) * one.slots, serviceMs: one.serviceMs, queue: [] as Request[], head: 0 },
    ]),
  );
  const rates = system.flows.map((flow) => flow.perSecond * factor);
  const total = rates.reduce((a, b) => a + b, 0);
  const born = (time: number): Request => {
    let pick = random() * total;
    const flow = Math.max(0, rates.findIndex((rate) => (pick -= rate) < 0));
    const visits = system.flows[flow]!.visits.flatMap(({ component, times }) => {
      const count = Math.floor(times) + (random() < times % 1 ? 1 : 0);
      return Array.from({ length: count }, () => component);
    });
    return { flow, born: time, visits, at: 0 };
  };
  const sums = system.flows.map(() => ({ count: 0, ms: 0 }));
  let done = 0;
  const enter = (request: Request, time: number) => {
    const id = request.visits[request.at];
    if (id === undefined) {
      if (++done > requests / 10) {
        sums[request.flow]!.count++;
        sums[request.flow]!.ms += time - request.born;
      }
      return;
    }
    const station = stations.get(id)!;
    if (station.free > 0) {
      station.free--;
      push({ time: time + exponential(station.serviceMs), request, leaves: id });
    } else station.queue.push(request);
  };
  let arrived = 0;
  push({ time: exponential(1000 / total), request: born(0), leaves: null });
  for (let event = pop(); event; event = pop()) {
    const { time, request, leaves } = event;
    if (leaves === null) {
      request.born = time;
      if (++arrived < requests) push({ time: time + exponential(1000 / total), request: born(time), leaves: null });
    } else {
      const station = stations.get(leaves)!;
      const next = station.queue[station.head];
      if (next) {
        station.head++;
        push({ time: time + exponential(station.serviceMs), request: next, leaves });
      } else station.free++;
      request.at++;
    }
    enter(request, time);
  }
  return Object.fromEntries(system.flows.map((flow, at) => [flow.id, sums[at]!.ms / Math.max(1, sums[at]!.count)]));
}

/** The share of `draws` in which each flow works, when zones and replicas are drawn one by one. */
export function drawOutages(system: System, replicas: Replicas, needed: Replicas, draws: number, random: () => number) {
  const works: Record<string, number> = Object.fromEntries(system.flows.map((flow) => [flow.id, 0]));
  for (let draw = 0; draw < draws; draw++) {
    const zones = Array.from({ length: system.zones }, () => random() < system.zoneUp);
    const up: Record<string, boolean> = {};
    for (const { id, replicaUp } of system.components) {
      let running = 0;
      for (let one = 0; one < (replicas[id] ?? 0); one++)
        if (zones[one % system.zones] && random() < replicaUp) running++;
      up[id] = running >= needed[id]!;
    }
    for (const flow of system.flows)
      if (flow.visits.every(({ component, fallback }) => up[component] || (fallback !== undefined && up[fallback])))
        works[flow.id]!++;
  }
  return Object.fromEntries(Object.entries(works).map(([id, count]) => [id, count / draws]));
}
