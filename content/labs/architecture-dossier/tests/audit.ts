import type { Brief, Decision, Dossier, GoalName } from '../solution/types.ts';
import { createHour, price } from './model.ts';

/** Rounding to half a per cent is no lie. */
const near = (stated: number, computed: number) => Math.abs(stated - computed) <= 0.005 * Math.abs(computed) + 1e-12;

/** The worst hour of each goal under a dossier's capacity. */
export function worstHours(brief: Brief, { hours }: Dossier['capacity']) {
  const all = brief.profile.flatMap((factor, hour) => createHour(brief.system, factor).outcomes(brief.goals, hours[hour] ?? {}));
  const worse = (goal: GoalName, a: number | null, b: number | null) =>
    a === null || b === null ? a === null : goal === 'availability' ? a < b : a > b;
  return all.filter((one, at) =>
    all.every((other, i) => i === at || other.flow !== one.flow || other.goal !== one.goal || worse(one.goal, one.got, other.got) || (!worse(one.goal, other.got, one.got) && at < i)),
  );
}

/** The first thing that is wrong with a dossier, in words; null if nothing is. */
export function audit(dossier: Dossier, brief: Brief): string | null {
  return views(dossier, brief) ?? decisions(dossier) ?? numbers(dossier, brief) ?? duties(dossier, brief) ?? roadmap(dossier, brief);
}

function views({ containers, capacity }: Dossier, { system, teams, profile }: Brief): string | null {
  if (capacity.hours.length !== profile.length) return `the capacity has ${capacity.hours.length} hours, the profile ${profile.length}`;
  for (const { id } of system.components) {
    const container = containers.find((one) => one.id === id);
    if (!container) return `the container ${id} is missing`;
    if (!teams.some((team) => team.id === container.owner)) return `nobody owns ${id}`;
    if (!capacity.hours.every((hour) => hour[id]! > 0)) return `${id} is not deployed in every hour`;
    for (const flow of system.flows)
      for (const [at, visit] of flow.visits.entries()) {
        const calls = [flow.visits[at + 1]?.component, visit.fallback].filter((one) => one !== undefined);
        if (visit.component === id && !calls.every((one) => container.calls.includes(one)))
          return `${id} does not show that it calls ${calls.join(' and ')}`;
      }
  }
  const ghost = containers.flatMap((one) => one.calls).find((one) => !containers.some(({ id }) => id === one));
  return ghost === undefined ? null : `${ghost} is called, and there is no such container`;
}

function decisions({ decisions: list }: Dossier): string | null {
  if (list.length === 0) return 'there is no decision';
  for (const one of list) {
    const successors = list.filter((other) => other.supersedes === one.id).length;
    if (one.options.length < 2 || !one.options.some(({ name }) => name === one.chosen)) return `${one.id} has not two options with the chosen one among them`;
    if (one.consequences.length === 0) return `${one.id} has no consequences`;
    if (!(one.review > one.date)) return `${one.id} is not reviewed after its date`;
    if (successors !== (one.status === 'superseded' ? 1 : 0)) return `${one.id} is ${one.status} and has ${successors} successors`;
  }
  return new Set(list.map(({ id }) => id)).size === list.length ? null : 'two decisions have one id';
}

function numbers({ capacity, figures, scenarios }: Dossier, brief: Brief): string | null {
  const computed = price(brief.system, capacity, brief.profile);
  for (const name of ['perMonth', 'perMillion', 'peakReplicas'] as const)
    if (!near(figures[name], computed[name])) return `the figure ${name} is ${figures[name]}, its capacity gives ${computed[name]}`;
  for (const { flow, goal, target, got, kept } of worstHours(brief, capacity)) {
    if (!kept) return `${goal} of ${flow} is ${got} in its worst hour, not ${target}`;
    const stated = scenarios.find((one) => one.flow === flow && one.goal === goal);
    if (!stated || stated.target !== target) return `no scenario has ${goal} of ${flow} with the target ${target}`;
    const same = goal === 'availability' ? near(1 - stated.predicted, 1 - got!) : near(stated.predicted, got!);
    if (!same) return `the scenario of ${goal} of ${flow} says ${stated.predicted}, its capacity gives ${got}`;
  }
  return null;
}

export const dutiesOf = ({ uses, law }: Brief) =>
  uses.flatMap((use) =>
    law
      .filter(({ aiClass }) => aiClass === use.aiClass)
      .map(({ item, applies }) => ({ use: use.id, item, latest: applies > use.live ? applies : use.live })),
  );

function duties({ controls }: Dossier, brief: Brief): string | null {
  for (const { use, item, latest } of dutiesOf(brief)) {
    const control = controls.find((one) => one.use === use && one.item === item);
    if (!control) return `${use} has no ${item}`;
    if (control.due > latest) return `${item} of ${use} is due on ${control.due}, after ${latest}`;
    if (!brief.teams.some(({ id }) => id === control.owner)) return `nobody owns ${item} of ${use}`;
  }
  return null;
}

function roadmap({ roadmap: list }: Dossier, brief: Brief): string | null {
  for (const work of brief.work) {
    const entry = list.find(({ id }) => id === work.id);
    if (!entry || entry.team !== work.team || entry.months !== work.months) return `${work.id} is not planned as it is asked for`;
    if (entry.start < 0 || entry.start + entry.months > brief.horizon) return `${work.id} is not done within ${brief.horizon} months`;
    for (const one of work.after) {
      const before = list.find(({ id }) => id === one);
      if (!before || before.start + before.months > entry.start) return `${work.id} begins before ${one} is done`;
      if (!entry.after.includes(one)) return `${work.id} does not say that it waits for ${one}`;
    }
  }
  for (const { id, parallel } of brief.teams)
    for (let month = 0; month < brief.horizon; month++) {
      const busy = list.filter((one) => one.team === id && one.start <= month && month < one.start + one.months).length;
      if (busy > parallel) return `${id} works on ${busy} things in month ${month}, not on ${parallel}`;
    }
  return null;
}

/** Why a revision is wrong, beside the dossier itself: what was decided before has to stay as it was. */
export function auditHistory(old: readonly Decision[], now: readonly Decision[], date: string): string | null {
  if (now.length !== old.length + 1) return `there are ${now.length} decisions after the change, not ${old.length + 1}`;
  const fresh = now.find((one) => !old.some(({ id }) => id === one.id));
  if (!fresh) return 'the new decision has the id of an old one';
  if (fresh.date !== date || fresh.status !== 'accepted') return `the new decision is ${fresh.status} and dated ${fresh.date}, not accepted and dated ${date}`;
  for (const before of old) {
    const after = now.find(({ id }) => id === before.id);
    const { status, ...text } = before;
    const { status: statusNow, ...textNow } = after ?? { status: 'accepted' };
    if (JSON.stringify(sorted(text)) !== JSON.stringify(sorted(textNow))) return `the text of ${before.id} was changed; a decision that is history stays as it was`;
    const replaced = fresh.supersedes === before.id;
    if (statusNow !== (replaced ? 'superseded' : status)) return `${before.id} is ${statusNow} after the change`;
  }
  return old.some(({ id, status }) => id === fresh.supersedes && status === 'accepted') ? null : 'the new decision supersedes none that was in force';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
