import { availability, predict } from './system.ts';
import type { Brief, Capacity, Component, Failure, Goal, Plan, Replicas, System } from './types.ts';

/** Every goal of one hour with what is predicted for it; null where requests would queue for ever. */
export function outcomes(system: System, goals: Goal[], replicas: Replicas, factor: number) {
  const usual = predict(system, replicas, factor, 0).flows;
  const worst = predict(system, replicas, factor, 1).flows;
  const up = availability(system, replicas, factor);
  return goals.flatMap(({ flow, meanMs, zoneLossMs, availability: share }) => [
    { flow, goal: 'meanMs' as const, target: meanMs, predicted: usual[flow]!.meanMs },
    ...(zoneLossMs === null
      ? []
      : [{ flow, goal: 'zoneLossMs' as const, target: zoneLossMs, predicted: worst[flow]!.meanMs }]),
    { flow, goal: 'availability' as const, target: share, predicted: up[flow]! },
  ]);
}
type Outcome = ReturnType<typeof outcomes>[number];

/** How far from its target, as a share; 0 when it is kept. */
export function shortfall({ goal, target, predicted }: Outcome): number {
  if (predicted === null) return 1e6;
  if (goal === 'availability') return Math.max(0, (target - predicted) / (1 - target));
  return Math.max(0, predicted / target - 1);
}

/** Replicas for one hour, or what cannot be kept even with all that can be had. More replicas never make anything worse. */
function sizeHour(system: System, goals: Goal[], factor: number): Replicas | Outcome[] {
  const missing = (replicas: Replicas) =>
    outcomes(system, goals, replicas, factor).reduce((sum, outcome) => sum + shortfall(outcome), 0);
  const most = Object.fromEntries(system.components.map(({ id, quota }) => [id, quota]));
  const failed = outcomes(system, goals, most, factor).filter((outcome) => shortfall(outcome) > 0);
  if (failed.length > 0) return failed;
  const kept = (replicas: Replicas) => missing(replicas) === 0;
  const sized = ordersOf(system.components)
    .map((order) => lowerInTurn(most, order, kept))
    .reduce((best, one) => (costOf(system, one) < costOf(system, best) ? one : best));
  return tradeDown(system, sized, kept);
}

/** Takes away of one component after the other as much as can be spared. More of anything never hurts, so halving finds it. */
function lowerInTurn(from: Replicas, order: readonly Component[], kept: (replicas: Replicas) => boolean): Replicas {
  const sized = { ...from };
  for (const { id } of order) {
    let [low, high] = [1, sized[id]!];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (kept({ ...sized, [id]: middle })) high = middle;
      else low = middle + 1;
    }
    sized[id] = low;
  }
  return sized;
}

/** One more of something, as long as that sets free what is dearer. */
function tradeDown(system: System, sized: Replicas, kept: (replicas: Replicas) => boolean): Replicas {
  const dearestFirst = [...system.components].sort((a, b) => b.pricePerHour - a.pricePerHour);
  for (const { id, quota } of system.components) {
    if (sized[id]! >= quota) continue;
    const others = dearestFirst.filter((one) => one.id !== id);
    const traded = lowerInTurn({ ...sized, [id]: sized[id]! + 1 }, others, kept);
    if (costOf(system, traded) < costOf(system, sized) - 1e-9) return tradeDown(system, traded, kept);
  }
  return sized;
}

/** Every order of up to four; of more, each one first and the others from dear to cheap. */
function ordersOf(components: readonly Component[]): Component[][] {
  const dearestFirst = [...components].sort((a, b) => b.pricePerHour - a.pricePerHour);
  const all = (list: Component[]): Component[][] =>
    list.length < 2 ? [list] : list.flatMap((one) => all(list.filter((other) => other !== one)).map((rest) => [one, ...rest]));
  if (components.length <= 4) return all(dearestFirst);
  return dearestFirst.map((one) => [one, ...dearestFirst.filter((other) => other !== one)]);
}

function costOf(system: System, replicas: Replicas): number {
  return system.components.reduce((sum, { id, pricePerHour }) => sum + replicas[id]! * pricePerHour, 0);
}

/** A cheap capacity that keeps every goal in every hour; or every goal that nothing can keep. */
export function plan(system: System, goals: Goal[], profile: number[]): Plan {
  const known = new Map<number, Replicas | Outcome[]>();
  const hours: Replicas[] = [];
  const failures: Failure[] = [];
  for (const [hour, factor] of profile.entries()) {
    const sized = known.get(factor) ?? sizeHour(system, goals, factor);
    known.set(factor, sized);
    if (Array.isArray(sized)) failures.push(...sized.map(({ flow, goal }) => ({ flow, hour, goal })));
    else hours.push(sized);
  }
  if (failures.length > 0) return { feasible: false, failures };
  const committed: Replicas = {};
  for (const { id, pricePerHour, committedPerHour } of system.components) {
    // The n-th replica is worth committing to if it runs for a larger share of the hours than the discount leaves to pay.
    let count = 0;
    const share = (n: number) => hours.filter((hour) => hour[id]! >= n).length / hours.length;
    while (share(count + 1) * pricePerHour > committedPerHour) count++;
    committed[id] = count;
  }
  return { feasible: true, capacity: { hours, committed } };
}

/** The worst hour of every goal, as the scenarios of a dossier state it; null where nothing can be predicted. */
export function scenariosOf(brief: Brief, capacity: Capacity) {
  const worst = new Map<string, Outcome>();
  for (const [hour, factor] of brief.profile.entries())
    for (const outcome of outcomes(brief.system, brief.goals, capacity.hours[hour] ?? {}, factor)) {
      const key = `${outcome.flow}/${outcome.goal}`;
      const so = worst.get(key);
      if (!so || isWorse(outcome, so)) worst.set(key, outcome);
    }
  return worst;
}

function isWorse(one: Outcome, other: Outcome): boolean {
  if (one.predicted === null || other.predicted === null) return one.predicted === null;
  return one.goal === 'availability' ? one.predicted < other.predicted : one.predicted > other.predicted;
}
