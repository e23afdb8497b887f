/** Totals, routes and a depot, as a learner would write them. */
interface Parcel {
  town: string;
  kg: number;
}

/** Weight by town. */
export function totals(parcels: Parcel[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { town, kg } of parcels) sums[town] = (sums[town] ?? 0) + kg;
  return sums;
}

type Roads = Record<string, Record<string, number>>;

/** The shortest way from start to goal, by Dijkstra's algorithm. */
export function route(roads: Roads, start: string, goal: string): { towns: string[]; km: number } | null {
  const queue: { km: number; towns: string[] }[] = [{ km: 0, towns: [start] }];
  const done = new Set<string>();
  while (queue.length > 0) {
    queue.sort((a, b) => a.km - b.km);
    const { km, towns } = queue.shift()!;
    const here = towns.at(-1)!;
    if (here === goal) return { towns, km };
    if (done.has(here)) continue;
    done.add(here);
    for (const [town, distance] of Object.entries(roads[here] ?? {}))
      if (!done.has(town)) queue.push({ km: km + distance, towns: [...towns, town] });
  }
  return null;
}

/** Holds parcels up to a capacity. */
export class Depot {
  private held = new Map<string, number>();

  private readonly capacity: number;
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  private used(): number {
    return [...this.held.values()].reduce((sum, count) => sum + count, 0);
  }

  receive(name: string, count: number): void {
    if (count <= 0) throw new RangeError('nothing to receive');
    if (this.used() + count > this.capacity) throw new RangeError('the depot is full');
    this.held.set(name, (this.held.get(name) ?? 0) + count);
  }

  ship(name: string, count: number): void {
    const left = (this.held.get(name) ?? 0) - count;
    if (left < 0) throw new RangeError('not enough to ship');
    if (left === 0) this.held.delete(name);
    else this.held.set(name, left);
  }

  stock(): Record<string, number> {
    return Object.fromEntries([...this.held].sort());
  }
}
