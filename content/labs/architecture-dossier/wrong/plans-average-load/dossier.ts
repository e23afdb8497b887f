import { dutiesOf } from './lint.ts';
import { plan, scenariosOf } from './plan.ts';
import { price } from './system.ts';
import type { Brief, Capacity, Decision, Dossier } from './types.ts';

/** The dossier for a brief that can be met. */
export function dossier(brief: Brief): Dossier {
  const capacity = capacityFor(brief);
  return {
    ...computed(brief, capacity),
    decisions: [sizing(brief, capacity, 'sizing-1', 'Size for every hour with one zone gone', brief.today)],
    exceptions: [],
  };
}

/** The dossier after a requirement has changed: `brief` is the new one. What was decided before stays readable. */
export function revise(old: Dossier, brief: Brief, change: { title: string; date: string }): Dossier {
  const capacity = capacityFor(brief);
  const last = old.decisions.findLast(({ status }) => status === 'accepted')!;
  const next: Decision = {
    ...sizing(brief, capacity, `sizing-${old.decisions.length + 1}`, change.title, change.date),
    supersedes: last.id,
  };
  const before = old.decisions.map((one) =>
    one.id === last.id ? { ...one, status: 'superseded' as const } : one,
  );
  return { ...computed(brief, capacity), decisions: [...before, next], exceptions: old.exceptions };
}

function capacityFor({ system, goals, profile }: Brief): Capacity {
  const found = plan(system, goals, profile);
  if (found.feasible) return found.capacity;
  const what = found.failures.map(({ flow, goal, hour }) => `${goal} of ${flow} in hour ${hour}`);
  throw new Error(`Nothing that can be had keeps ${[...new Set(what)].join(', ')}.`);
}

/** Everything that follows from the brief and a capacity. */
function computed(brief: Brief, capacity: Capacity): Omit<Dossier, 'decisions' | 'exceptions'> {
  return {
    containers: brief.system.components.map(({ id }) => ({
      id,
      owner: brief.owners[id]!,
      calls: callsOf(brief, id),
    })),
    capacity,
    scenarios: [...scenariosOf(brief, capacity).values()].map(({ flow, goal, target, predicted }) => ({
      flow,
      goal,
      target,
      predicted: predicted!,
    })),
    controls: dutiesOf(brief).map(({ use, item, owner, latest }) => ({ use, item, owner, due: latest })),
    roadmap: schedule(brief),
    figures: price(brief.system, capacity, brief.profile),
  };
}

/** What a container hands a request on to: the next visit of each flow, and its own fallback. */
function callsOf({ system }: Brief, id: string): string[] {
  const called = new Set<string>();
  for (const { visits } of system.flows)
    for (const [at, visit] of visits.entries()) {
      if (visit.component !== id) continue;
      if (visits[at + 1]) called.add(visits[at + 1]!.component);
      if (visit.fallback !== undefined) called.add(visit.fallback);
    }
  return [...called].sort();
}

function sizing(brief: Brief, capacity: Capacity, id: string, title: string, date: string): Decision {
  const { perMonth, peakReplicas } = price(brief.system, capacity, brief.profile);
  const always = brief.system.components.reduce((sum, one) => sum + (capacity.committed[one.id] ?? 0), 0);
  return {
    id,
    title,
    date,
    status: 'accepted',
    options: [
      { name: 'by-the-hour', why: 'Replicas follow the day; the base is committed, the rest is paid as needed.' },
      { name: 'peak-all-day', why: 'No scaling that can fail; every idle night hour is paid.' },
      { name: 'average-load', why: 'Cheapest on paper; the busy hours queue without end.' },
    ],
    chosen: 'by-the-hour',
    consequences: [
      `${peakReplicas} replicas at the peak, ${always} of them committed, ${Math.round(perMonth)} EUR a month.`,
      'Scaling has to work every morning: its failure is an incident.',
    ],
    review: addMonths(date, 6),
    supersedes: null,
  };
}

function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const count = year * 12 + month - 1 + months;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(count / 12)}-${two((count % 12) + 1)}-${two(Math.min(day, 28))}`;
}

/** Each piece of work as early as what it waits for and its team allow; what most other work waits for goes first. */
function schedule({ work, teams }: Brief): Dossier['roadmap'] {
  const done = new Map<string, Dossier['roadmap'][number]>();
  const tail = (id: string): number => {
    const behind = work.filter(({ after }) => after.includes(id)).map((one) => tail(one.id));
    return work.find((one) => one.id === id)!.months + Math.max(0, ...behind);
  };
  const open = [...work].sort((a, b) => tail(b.id) - tail(a.id));
  while (open.length > 0) {
    const at = open.findIndex(({ after }) => after.every((one) => done.has(one)));
    if (at < 0) throw new Error('The work waits for itself.');
    const { id, team, months, after } = open.splice(at, 1)[0]!;
    const parallel = teams.find((one) => one.id === team)!.parallel;
    const own = [...done.values()].filter((one) => one.team === team);
    const ends = (one: { start: number; months: number }) => one.start + one.months;
    const busy = (month: number) => own.filter((one) => one.start <= month && month < ends(one)).length;
    let start = Math.max(0, ...after.map((one) => ends(done.get(one)!)));
    while (Array.from({ length: months }, (_, month) => busy(start + month)).some((n) => n >= parallel)) start++;
    done.set(id, { id, team, start, months, after });
  }
  return [...done.values()];
}
