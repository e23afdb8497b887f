import type { Brief, Dossier, Finding } from '../solution/types.ts';
import type { createBriefs, Test } from './briefs.ts';
import { dutiesOf, worstHours } from './audit.ts';
import { price } from './model.ts';

/** A dossier without a fault, made by the grader. */
function sound(briefs: ReturnType<typeof createBriefs>, brief: Brief): Dossier {
  const capacity = briefs.capacity(brief.system, brief.goals, brief.profile);
  const done = new Map<string, Dossier['roadmap'][number]>();
  let month = 0;
  while (done.size < brief.work.length) {
    const { id, team, months, after } = brief.work.find((one) => !done.has(one.id) && one.after.every((other) => done.has(other)))!;
    done.set(id, { id, team, months, start: month, after });
    month += months;
  }
  const decision = (id: string, supersedes: string | null, status: 'accepted' | 'superseded') => ({
    id,
    title: `About ${id}`,
    date: '2026-11-02',
    status,
    options: [{ name: 'buy', why: 'soon' }, { name: 'build', why: 'ours' }],
    chosen: 'buy',
    consequences: ['a contract'],
    review: '2027-05-03',
    supersedes,
  });
  return {
    containers: brief.system.components.map(({ id }) => ({ id, owner: brief.owners[id]!, calls: [] })),
    capacity,
    decisions: [decision('search', null, 'superseded'), decision('search-again', 'search', 'accepted'), decision('hosting', null, 'accepted')],
    scenarios: worstHours(brief, capacity).map(({ flow, goal, target, got }) => ({ flow, goal, target, predicted: got! })),
    controls: dutiesOf(brief).map(({ use, item, latest }) => ({ use, item, owner: 'platform', due: latest })),
    roadmap: [...done.values()],
    exceptions: [{ standard: 'gateway', owner: 'credit', until: '2027-03-31' }],
    figures: price(brief.system, capacity, brief.profile),
  };
}

type Fault = { what: string; plant: (dossier: Dossier, brief: Brief) => string[] };

/** Faults, each with what a linter has to find: `rule where`. */
function faults({ pick, whole }: ReturnType<typeof createBriefs>): Record<string, Fault[]> {
  const container = (dossier: Dossier) => pick(dossier.containers);
  const decision = (dossier: Dossier) => dossier.decisions[2]!;
  return {
    views: [
      { what: 'a component without a container', plant: (dossier) => [`missing ${dossier.containers.splice(whole(0, dossier.containers.length - 1), 1)[0]!.id}`] },
      { what: 'a container of nobody', plant: (dossier) => { const one = container(dossier); one.owner = 'everybody'; return [`unowned ${one.id}`]; } },
      { what: 'a container that runs nowhere', plant: (dossier) => { dossier.containers.push({ id: 'portal', owner: 'data', calls: [] }); return ['undeployed portal']; } },
      { what: 'a call into the void', plant: (dossier) => { const one = container(dossier); one.calls.push('ghost'); return [`dangling ${one.id}`]; } },
      { what: 'an exception that has run out', plant: (dossier, { today }) => { dossier.exceptions[0]!.until = today; return ['exception gateway']; } },
      { what: 'an exception of nobody', plant: (dossier) => { dossier.exceptions.push({ standard: 'tracing', owner: '', until: '2027-12-31' }); return ['exception tracing']; } },
    ],
    decisions: [
      { what: 'one option', plant: (dossier) => { decision(dossier).options.pop(); return ['options hosting']; } },
      { what: 'a choice that was no option', plant: (dossier) => { decision(dossier).chosen = 'rent'; return ['options hosting']; } },
      { what: 'no consequences', plant: (dossier) => { decision(dossier).consequences = []; return ['consequences hosting']; } },
      { what: 'a review on the same day', plant: (dossier) => { decision(dossier).review = decision(dossier).date; return ['review hosting']; } },
      { what: 'superseded by nothing', plant: (dossier) => { decision(dossier).status = 'superseded'; return ['history hosting']; } },
      { what: 'superseded and still accepted', plant: (dossier) => { dossier.decisions[0]!.status = 'accepted'; return ['history search']; } },
      { what: 'superseded twice', plant: (dossier) => { dossier.decisions.push({ ...dossier.decisions[1]!, id: 'search-once-more' }); return ['history search']; } },
      { what: 'superseded twice and still accepted', plant: (dossier) => { dossier.decisions.push({ ...dossier.decisions[1]!, id: 'search-once-more' }); dossier.decisions[0]!.status = 'accepted'; return ['history search']; } },
      { what: 'supersedes what is not there', plant: (dossier) => { decision(dossier).supersedes = 'gone'; return ['history hosting']; } },
      { what: 'supersedes what came later', plant: (dossier) => { dossier.decisions[0]!.date = '2026-11-09'; return ['history search-again']; } },
    ],
    numbers: [
      { what: 'a figure that is 2% off', plant: (dossier) => { const name = pick(['perMonth', 'perMillion'] as const); dossier.figures[name] *= 1.02; return [`figure ${name}`]; } },
      { what: 'another peak', plant: (dossier) => { dossier.figures.peakReplicas += 1; return ['figure peakReplicas']; } },
      { what: 'rounding, which is no fault', plant: (dossier) => { dossier.figures.perMonth *= 1.004; dossier.scenarios.find(({ goal }) => goal === 'meanMs')!.predicted *= 0.997; return []; } },
      { what: 'a hopeful scenario', plant: (dossier) => { const one = dossier.scenarios.find(({ goal }) => goal === 'meanMs')!; one.predicted *= 0.9; return [`scenario ${one.flow}/meanMs`]; } },
      { what: 'an availability that loses half as much', plant: (dossier) => { const one = dossier.scenarios.find(({ goal }) => goal === 'availability')!; one.predicted = (1 + one.predicted) / 2; return [`scenario ${one.flow}/availability`]; } },
      { what: 'a scenario left out', plant: (dossier) => { const one = dossier.scenarios.pop()!; return [`scenario ${one.flow}/${one.goal}`]; } },
      {
        what: 'a goal that was tightened behind its back',
        plant: (_, brief) => {
          const goal = pick(brief.goals);
          goal.meanMs *= 0.5;
          return [`scenario ${goal.flow}/meanMs`, `goal ${goal.flow}/meanMs`];
        },
      },
    ],
    duties: [
      { what: 'a duty without a control', plant: (dossier) => { const [one] = dossier.controls.splice(whole(0, 2), 1); return [`duty ${one!.use}/${one!.item}`]; } },
      { what: 'a control after the law applies', plant: (dossier) => { const one = pick(dossier.controls); one.due = '2029-01-01'; return [`duty ${one.use}/${one.item}`]; } },
      { what: 'a control of nobody', plant: (dossier) => { const one = pick(dossier.controls); one.owner = 'someone'; return [`duty ${one.use}/${one.item}`]; } },
      { what: 'a use that becomes high-risk', plant: (_, brief) => { brief.uses[2]!.aiClass = 'high'; return ['documentation', 'logging', 'oversight'].map((item) => `duty routing/${item}`); } },
      { what: 'a law that comes earlier, for what is live already', plant: (dossier, brief) => {
        brief.uses[0]!.live = '2026-01-01';
        brief.law = brief.law.map((one) => (one.item === 'logging' ? { ...one, applies: '2026-12-01' } : one));
        for (const one of dossier.controls) if (one.item === 'logging') one.due = '2026-12-02';
        for (const one of dossier.controls) if (one.use === 'credit-decision' && one.item !== 'logging') one.due = '2027-12-02';
        return ['duty credit-decision/logging'];
      } },
    ],
    roadmap: [
      { what: 'work that is not planned', plant: (dossier) => { const one = dossier.roadmap.pop()!; return [`unplanned ${one.id}`]; } },
      { what: 'work that was made shorter', plant: (dossier) => { const one = dossier.roadmap.at(-1)!; one.months += 1; return [`unplanned ${one.id}`, ...(one.start + one.months > 24 ? [`horizon ${one.id}`] : [])]; } },
      { what: 'a dependency that was dropped', plant: (dossier) => { const one = dossier.roadmap.find(({ after }) => after.length > 0)!; one.after = []; return [`unplanned ${one.id}`]; } },
      {
        what: 'work that waits for itself by way of another',
        plant: (dossier) => {
          dossier.roadmap.push(
            { id: 'extra-1', team: 'nobody', start: 3, months: 1, after: ['extra-2'] },
            { id: 'extra-2', team: 'nobody', start: 4, months: 1, after: ['extra-1'] },
            { id: 'extra-3', team: 'nobody', start: 5, months: 1, after: ['extra-1'] },
          );
          return ['cycle extra-1', 'cycle extra-2', 'order extra-1'];
        },
      },
      { what: 'work that begins a month early', plant: (dossier) => { dossier.roadmap.push({ id: 'extra-1', team: 'nobody', start: 3, months: 2, after: [] }, { id: 'extra-2', team: 'nobody', start: 4, months: 1, after: ['extra-1'] }); return ['order extra-2']; } },
      { what: 'work beyond the horizon', plant: (dossier, { horizon }) => { dossier.roadmap.push({ id: 'extra-1', team: 'nobody', start: horizon - 1, months: 2, after: [] }); return ['horizon extra-1']; } },
      { what: 'a team that does three things at once', plant: (dossier, { teams }) => {
        const { id, parallel } = pick(teams);
        // After everything else that the brief asks for.
        for (let one = 0; one <= parallel; one++) dossier.roadmap.push({ id: `extra-${one}`, team: id, start: 24 - 1, months: 1, after: [] });
        return [`overbooked ${id}`];
      } },
    ],
  };
}

export function lints(briefs: ReturnType<typeof createBriefs>): Test[] {
  const about: Record<string, [string, string, string]> = {
    views: ['faults in the views and in exceptions are found', 'governance', 'platform-golden-paths'],
    decisions: ['faults in decisions are found', 'decisions', 'adr-writing'],
    numbers: ['numbers that do not follow from the model are found', 'numbers', 'exec-communication'],
    duties: ['duties that are missed or late are found', 'governance', 'audit-evidence-controls'],
    roadmap: ['faults in the roadmap are found', 'governance', 'cross-functional-delivery'],
  };
  const base = briefs.brief(3);
  const clean = sound(briefs, base);
  return Object.entries(faults(briefs)).map(([group, list]) => {
    const [name, rubric, skill] = about[group]!;
    const cases = [{ what: 'nothing', plant: () => [] }, ...list].map(({ what, plant }) => {
      const [brief, dossier] = [structuredClone(base), structuredClone(clean)];
      // The last month of the horizon is kept free, for the faults that need room.
      brief.horizon = 24;
      return { what, wanted: plant(dossier, brief).sort(), dossier, brief };
    });
    return {
      name,
      rubric,
      skill,
      steps: cases.map(({ dossier, brief }) => ({ call: 'lint', args: [dossier, brief] })),
      check: (results: unknown[]) => {
        for (const [at, { what, wanted }] of cases.entries()) {
          const found = (results[at] as Finding[]).map(({ rule, where }) => `${rule} ${where}`).sort();
          if (found.join() !== wanted.join()) return `planted: ${what}; to be found: ${wanted.join(', ') || 'nothing'}; found: ${found.join(', ') || 'nothing'}`;
        }
        return null;
      },
    };
  });
}
