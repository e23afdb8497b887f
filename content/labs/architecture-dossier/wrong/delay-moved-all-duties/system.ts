import type { Capacity, Component, Load, Prediction, Price, Replicas, System } from './types.ts';

const HOURS_PER_MONTH = 730;

/** Replicas that are left when the `lost` fullest zones are gone; they are spread as evenly as they go. */
function survivors(count: number, zones: number, lost: number): number {
  let left = count;
  for (let zone = 0; zone < lost; zone++) left -= Math.ceil((count - zone) / zones);
  return Math.max(0, left);
}

/** Visits a second to a component: those of every day, and those it would have as a fallback. */
function ratesOf(system: System, id: string, factor: number): { usual: number; standby: number } {
  let [usual, standby] = [0, 0];
  for (const flow of system.flows)
    for (const visit of flow.visits) {
      if (visit.component === id) usual += flow.perSecond * factor * visit.times;
      if (visit.fallback === id) standby += flow.perSecond * factor * visit.times;
    }
  return { usual, standby };
}

/** Erlang C, the chance of waiting with `servers` and `offered` work, by Erlang B's recursion: no factorials, no overflow. */
function chanceOfWaiting(servers: number, offered: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered * blocked) / (k + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

function loadOf(component: Component, replicas: number, perSecond: number): Load {
  const servers = replicas * component.slots;
  const offered = (perSecond * component.serviceMs) / 1000;
  if (servers === 0) return { perSecond, utilisation: null, waitMs: null };
  const utilisation = offered / servers;
  if (utilisation >= 1) return { perSecond, utilisation, waitMs: null };
  // All replicas draw from one queue: M/M/c.
  const waitMs = (chanceOfWaiting(servers, offered) * component.serviceMs) / (servers - offered);
  return { perSecond, utilisation, waitMs };
}

/** How busy everything is and how long a request takes, at `factor` times the load, with `lost` zones gone. */
export function predict(system: System, replicas: Replicas, factor: number, lost: number): Prediction {
  const components: Prediction['components'] = {};
  const serviceMs: Record<string, number> = {};
  for (const component of system.components) {
    const left = survivors(replicas[component.id] ?? 0, system.zones, lost);
    components[component.id] = loadOf(component, left, ratesOf(system, component.id, factor).usual);
    serviceMs[component.id] = component.serviceMs;
  }
  const flows: Prediction['flows'] = {};
  for (const flow of system.flows) {
    let meanMs: number | null = 0;
    for (const { component, times } of flow.visits) {
      const { waitMs } = components[component]!;
      meanMs = meanMs === null || waitMs === null ? null : meanMs + times * (waitMs + serviceMs[component]!);
    }
    flows[flow.id] = { meanMs, inSystem: meanMs === null ? null : (flow.perSecond * factor * meanMs) / 1000 };
  }
  return { components, flows };
}

/** The fewest replicas with which a component keeps up, also while it stands in for others. */
function needed(system: System, component: Component, factor: number): number {
  const { usual, standby } = ratesOf(system, component.id, factor);
  return Math.floor(((usual + standby) * component.serviceMs) / 1000 / component.slots) + 1;
}

/** The chance that at least `wanted` of `count` work, each with chance `up`, independently. */
function atLeast(wanted: number, count: number, up: number): number {
  if (wanted > count) return 0;
  if (up === 1) return 1;
  // From all up downwards: the chances that count, the large ones, come first.
  let exactly = up ** count;
  let sum = exactly;
  for (let k = count; k > wanted; k--) {
    exactly *= (k / (count - k + 1)) * ((1 - up) / up);
    sum += exactly;
  }
  return sum;
}

/** The share of time in which each flow works, at `factor` times the load. */
export function availability(system: System, replicas: Replicas, factor: number): Record<string, number> {
  const total: Record<string, number> = Object.fromEntries(system.flows.map((flow) => [flow.id, 0]));
  // A zone takes a part of every component along, so components are independent only once the zones are known.
  for (let state = 0; state < 2 ** system.zones; state++) {
    let chance = 1;
    for (let zone = 0; zone < system.zones; zone++)
      chance *= (state >> zone) & 1 ? system.zoneUp : 1 - system.zoneUp;
    const works: Record<string, number> = {};
    for (const component of system.components) {
      const count = replicas[component.id] ?? 0;
      let reachable = 0;
      for (let zone = 0; zone < system.zones; zone++)
        if ((state >> zone) & 1) reachable += Math.ceil((count - zone) / system.zones);
      works[component.id] = atLeast(needed(system, component, factor), reachable, component.replicaUp);
    }
    for (const flow of system.flows)
      total[flow.id]! += flow.visits.reduce((all, { component, fallback }) => {
        const fails = (1 - works[component]!) * (fallback === undefined ? 1 : 1 - works[fallback]!);
        return all * (1 - fails);
      }, chance);
  }
  return total;
}

/** What a capacity costs, and how many replicas run at the peak. */
export function price(system: System, capacity: Capacity, profile: number[]): Price {
  let perDay = 0;
  for (const { id, pricePerHour, committedPerHour } of system.components)
    for (const hour of capacity.hours) {
      const committed = capacity.committed[id] ?? 0;
      perDay += committed * committedPerHour + Math.max(0, (hour[id] ?? 0) - committed) * pricePerHour;
    }
  const perMonth = (perDay * HOURS_PER_MONTH) / profile.length;
  const perSecond = system.flows.reduce((sum, flow) => sum + flow.perSecond, 0);
  const factor = profile.reduce((sum, one) => sum + one, 0) / profile.length;
  const requests = perSecond * factor * 3600 * HOURS_PER_MONTH;
  const peaks = capacity.hours.map((hour) => Object.values(hour).reduce((sum, one) => sum + one, 0));
  return { perMonth, perMillion: (perMonth / requests) * 1e6, peakReplicas: Math.max(...peaks) };
}
