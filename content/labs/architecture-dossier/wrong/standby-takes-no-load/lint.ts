import { scenariosOf, shortfall } from './plan.ts';
import { price } from './system.ts';
import type { Brief, Dossier, Finding } from './types.ts';

/** Equal to half a per cent: a brief rounds. */
function agrees(stated: number, computed: number): boolean {
  return Math.abs(stated - computed) <= 0.005 * Math.abs(computed);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

/** Everything that is wrong with a dossier, by the rules of the instructions. */
export function lint(dossier: Dossier, brief: Brief): Finding[] {
  return [
    ...lintViews(dossier, brief),
    ...lintDecisions(dossier),
    ...lintNumbers(dossier, brief),
    ...lintControls(dossier, brief),
    ...lintRoadmap(dossier, brief),
  ];
}

function lintViews(dossier: Dossier, brief: Brief): Finding[] {
  const found: Finding[] = [];
  const ids = new Set(dossier.containers.map(({ id }) => id));
  const teams = new Set(brief.teams.map(({ id }) => id));
  for (const { id } of brief.system.components) if (!ids.has(id)) found.push({ rule: 'missing', where: id });
  for (const { id, owner, calls } of dossier.containers) {
    if (!teams.has(owner)) found.push({ rule: 'unowned', where: id });
    if (calls.some((called) => !ids.has(called))) found.push({ rule: 'dangling', where: id });
    const deployed = dossier.capacity.hours.every((hour) => (hour[id] ?? 0) > 0);
    if (!deployed) found.push({ rule: 'undeployed', where: id });
  }
  for (const { standard, owner, until } of dossier.exceptions)
    if (!teams.has(owner) || until <= brief.today) found.push({ rule: 'exception', where: standard });
  return found;
}

function lintDecisions({ decisions }: Dossier): Finding[] {
  return decisions.flatMap((one) => {
    const successors = decisions.filter(({ supersedes }) => supersedes === one.id);
    const rules: [string, boolean][] = [
      ['options', one.options.length < 2 || !one.options.some(({ name }) => name === one.chosen)],
      ['consequences', one.consequences.length === 0],
      ['review', one.review <= one.date],
      [
        'history',
        successors.length !== (one.status === 'superseded' ? 1 : 0) ||
          (one.supersedes !== null && !decisions.some(({ id, date }) => id === one.supersedes && date <= one.date)),
      ],
    ];
    return rules.filter(([, broken]) => broken).map(([rule]) => ({ rule, where: one.id }));
  });
}

function lintNumbers(dossier: Dossier, brief: Brief): Finding[] {
  const found: Finding[] = [];
  const computed = price(brief.system, dossier.capacity, brief.profile);
  for (const name of ['perMonth', 'perMillion', 'peakReplicas'] as const)
    if (!agrees(dossier.figures[name], computed[name])) found.push({ rule: 'figure', where: name });
  for (const [where, outcome] of scenariosOf(brief, dossier.capacity)) {
    const stated = dossier.scenarios.find(({ flow, goal }) => `${flow}/${goal}` === where);
    const right =
      stated !== undefined &&
      outcome.predicted !== null &&
      stated.target === outcome.target &&
      // Of an availability the share that is lost is compared: 0.99 and 0.995 are not nearly the same.
      (outcome.goal === 'availability'
        ? agrees(1 - stated.predicted, 1 - outcome.predicted)
        : agrees(stated.predicted, outcome.predicted));
    if (!right) found.push({ rule: 'scenario', where });
    if (shortfall(outcome) > 0) found.push({ rule: 'goal', where });
  }
  return found;
}

function lintControls(dossier: Dossier, brief: Brief): Finding[] {
  return dutiesOf(brief)
    .filter(({ use, item, latest }) => {
      const kept = dossier.controls.find((control) => control.use === use && control.item === item);
      return !kept || kept.due > latest || !brief.teams.some(({ id }) => id === kept.owner);
    })
    .map(({ use, item }) => ({ rule: 'duty', where: `${use}/${item}` }));
}

/** What the law asks of each use, and by when: from the day it applies, but not before the use is live. */
export function dutiesOf({ uses, law, owners }: Brief) {
  return uses.flatMap((use) =>
    law
      .filter(({ aiClass }) => aiClass === use.aiClass)
      .map(({ item, applies }) => ({
        use: use.id,
        item,
        owner: owners[use.component]!,
        latest: later(applies, use.live),
      })),
  );
}

function lintRoadmap({ roadmap }: Dossier, brief: Brief): Finding[] {
  const found: Finding[] = [];
  const entries = new Map(roadmap.map((entry) => [entry.id, entry]));
  for (const { id, team, months, after } of brief.work) {
    const entry = entries.get(id);
    const whole =
      entry?.team === team && entry.months === months && after.every((one) => entry.after.includes(one));
    if (!whole) found.push({ rule: 'unplanned', where: id });
  }
  for (const { id, start, months, after } of roadmap) {
    if (start < 0 || start + months > brief.horizon) found.push({ rule: 'horizon', where: id });
    if (waitsFor(id, id, entries, new Set())) found.push({ rule: 'cycle', where: id });
    const isEarly = (one: string) => {
      const before = entries.get(one);
      return !before || before.start + before.months > start;
    };
    if (after.some(isEarly)) found.push({ rule: 'order', where: id });
  }
  for (const { id, parallel } of brief.teams) {
    const own = roadmap.filter(({ team }) => team === id);
    const busy = (month: number) =>
      own.filter(({ start, months }) => start <= month && month < start + months).length;
    if (own.some(({ start }) => busy(start) > parallel)) found.push({ rule: 'overbooked', where: id });
  }
  return found;
}

/** Whether `id` cannot begin before `target` is done, directly or by way of others. */
function waitsFor(
  id: string,
  target: string,
  entries: ReadonlyMap<string, { after: string[] }>,
  seen: Set<string>,
): boolean {
  return (entries.get(id)?.after ?? []).some((one) => {
    if (one === target) return true;
    if (seen.has(one)) return false;
    seen.add(one);
    return waitsFor(one, target, entries, seen);
  });
}
